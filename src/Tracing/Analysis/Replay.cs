using System.Runtime.InteropServices;
using AsyncTour.Tracing.Conventions;

namespace AsyncTour.Tracing.Analysis;

/// <summary>In which order a replay hands the recorded jobs out.</summary>
public enum ReplayOrder
{
    /// <summary>As they were started.</summary>
    Recorded,

    /// <summary>By their place in the input.</summary>
    Input,

    /// <summary>The shortest first: the best mean waiting time.</summary>
    ShortestFirst,

    /// <summary>The longest first: usually the shortest wall.</summary>
    LongestFirst,
}

/// <summary>What is different in the replay; what is left out is as recorded.</summary>
public sealed record ReplayOptions
{
    /// <summary>How many workers; null for as many as the strategy, or the recording, had.</summary>
    public int? MaxWorkers { get; init; }

    /// <summary>
    /// <c>sequential</c>, <c>wait-all</c>, or any that refills its workers (<c>pool</c>, <c>executor</c>,
    /// <c>first-completed</c>); null for the recorded one.
    /// </summary>
    public string? Strategy { get; init; }

    /// <summary>Default: <see cref="ReplayOrder.Recorded"/>.</summary>
    public ReplayOrder Order { get; init; }
}

/// <summary>
/// What the recorded durations would have taken under other limits and orders. Each job keeps its measured duration; each
/// hand-over costs what one cost in the recording on average; start-up and end cost what they did. Jobs that
/// slow each other down, as those that compute do on few cores, are outside what a replay can know.
/// </summary>
public sealed record Replay(string Strategy, int MaxWorkers, ReplayOrder Order, TimeSpan Wall, TimeSpan Ideal)
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(1);

    /// <summary>Ideal divided by wall.</summary>
    public double Efficiency => Wall > TimeSpan.Zero ? Ideal / Wall : 0;

    /// <exception cref="ArgumentOutOfRangeException">Fewer than one worker.</exception>
    public static Replay Of(RunTimeline run, ReplayOptions options)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(options);
        if (options.MaxWorkers is { } asked)
            ArgumentOutOfRangeException.ThrowIfLessThan(asked, 1, nameof(options));

        var strategy = options.Strategy ?? run.Strategy;
        var workers = strategy switch
        {
            "sequential" => 1,
            "wait-all" => Math.Max(1, run.Jobs.Count),
            _ => options.MaxWorkers ?? run.MaxWorkers,
        };
        var jobs = Ordered(run.Jobs, options.Order);
        var overhead = Overhead.Of(run);
        return new Replay(
            strategy,
            workers,
            options.Order,
            Simulate(jobs, workers, overhead, submittedAt: options.Order == ReplayOrder.Recorded ? SubmissionsOf(run) : static _ => TimeSpan.Zero),
            IdealWall.Of(jobs.Select(static j => j.Duration), workers));
    }

    private static List<JobBar> Ordered(IReadOnlyList<JobBar> jobs, ReplayOrder order) => order switch
    {
        ReplayOrder.Input => [.. jobs.OrderBy(static j => j.Index).ThenBy(static j => j.Attempt)],
        ReplayOrder.ShortestFirst => [.. jobs.OrderBy(static j => j.Duration)],
        ReplayOrder.LongestFirst => [.. jobs.OrderByDescending(static j => j.Duration)],
        _ => [.. jobs],
    };

    /// <summary>
    /// When each job was there to be taken. A run that is slower than its input holds the input back, and would have had the
    /// jobs sooner if it had been faster: their submission binds only where the run waited for its input, as it says itself
    /// or as a job shows that was started as soon as it came.
    /// </summary>
    private static Func<JobBar, TimeSpan> SubmissionsOf(RunTimeline run)
    {
        var waited = run.Waits.Any(static w => w.Cause == WaitCauses.Input);
        return job => waited || job.Queued <= AtOnce ? job.Start - job.Queued : TimeSpan.Zero;
    }

    /// <summary>List scheduling with a price on each hand-over; a job that was submitted late cannot start before that.</summary>
    private static TimeSpan Simulate(List<JobBar> jobs, int workers, Overhead overhead, Func<JobBar, TimeSpan> submittedAt)
    {
        var freeAt = new PriorityQueue<TimeSpan, TimeSpan>();
        var last = TimeSpan.Zero;
        foreach (var job in jobs)
        {
            var start = freeAt.Count < workers ? overhead.Lead : freeAt.Dequeue() + overhead.HandOver;
            var submitted = submittedAt(job);
            if (submitted > start)
                start = submitted;
            var finish = start + job.Duration;
            freeAt.Enqueue(finish, finish);
            last = finish > last ? finish : last;
        }

        return last + overhead.Trail;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Overhead(TimeSpan Lead, TimeSpan HandOver, TimeSpan Trail)
    {
        public static Overhead Of(RunTimeline run)
        {
            if (run.Jobs.Count == 0)
                return default;
            return new Overhead(
                Positive(run.Jobs[0].Start),
                HandOverOf(run),
                Positive(run.Wall - run.Jobs.Max(static j => j.Finish)));
        }

        /// <summary>The mean time between two jobs of a worker, what a wait explains left out.</summary>
        private static TimeSpan HandOverOf(RunTimeline run)
        {
            var handOvers = run.Workers.Sum(static w => w.Jobs.Count - 1);
            if (handOvers == 0)
                return TimeSpan.Zero;
            var ranges = run.Workers.ToDictionary(static w => w.Worker, static w => (From: w.Jobs[0].Finish, To: w.Jobs[^1].Start));
            var between = IdleGaps.Of(run).Where(g => g.Cause == IdleCause.Overhead && g.From >= ranges[g.Worker].From && g.To <= ranges[g.Worker].To);
            return new TimeSpan(between.Sum(static g => g.Duration.Ticks) / handOvers);
        }

        private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
    }
}
