using System.Text.Json;
using System.Text.Json.Serialization;
using AsyncTour.Tracing.Analysis;

namespace AsyncTour.Tracing.Rendering;

/// <summary>
/// What <c>trace show --json</c> prints: a run with everything that follows from its spans. All times are seconds; those of
/// jobs and gaps count from the run's start.
/// </summary>
public sealed record RunReport
{
    public required string TraceId { get; init; }

    public required string Run { get; init; }

    public required string Strategy { get; init; }

    public required int MaxWorkers { get; init; }

    /// <summary>Null when the run's span is missing.</summary>
    public required int? Submitted { get; init; }

    /// <summary>False when the run's own span is missing.</summary>
    public required bool Complete { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required double WallSeconds { get; init; }

    public required double IdealSeconds { get; init; }

    public required double Efficiency { get; init; }

    public required int PeakConcurrency { get; init; }

    public required int SkippedLines { get; init; }

    /// <summary>Attempts by status.</summary>
    public required IReadOnlyDictionary<string, int> Statuses { get; init; }

    public required Spread RunTime { get; init; }

    public required Spread QueueTime { get; init; }

    public required IdleReport Idle { get; init; }

    public required PathReport CriticalPath { get; init; }

    public required IReadOnlyList<ShareReport> Workers { get; init; }

    public required IReadOnlyList<ShareReport> Silos { get; init; }

    public required IReadOnlyList<JobReport> Jobs { get; init; }

    public sealed record Spread(double P50Seconds, double P90Seconds, double P99Seconds, double MaxSeconds, double MeanSeconds);

    /// <param name="ByCause">Seconds by cause; they sum to the total.</param>
    public sealed record IdleReport(double TotalSeconds, IReadOnlyDictionary<string, double> ByCause, IReadOnlyList<GapReport> Gaps);

    public sealed record GapReport(int Worker, double FromSeconds, double ToSeconds, string Cause);

    /// <param name="Jobs">Indices, first to last.</param>
    public sealed record PathReport(double BusySeconds, IReadOnlyList<int> Jobs);

    public sealed record ShareReport(string Name, int Jobs, double BusySeconds, int PeakConcurrency);

    public sealed record JobReport(
        int Index,
        string? Key,
        string Kind,
        string Status,
        string? Error,
        int Worker,
        string? Silo,
        int Attempt,
        double QueuedSeconds,
        double StartedSeconds,
        double FinishedSeconds);

    public static RunReport Of(RunTimeline run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var gaps = IdleGaps.Of(run);
        var idle = IdleSummary.Of(gaps);
        var path = Analysis.CriticalPath.Of(run);
        return new RunReport
        {
            TraceId = run.TraceId,
            Run = run.RunId,
            Strategy = run.Strategy,
            MaxWorkers = run.MaxWorkers,
            Submitted = run.Submitted,
            Complete = run.IsComplete,
            StartedAt = run.Start,
            WallSeconds = run.Wall.TotalSeconds,
            IdealSeconds = run.Ideal.TotalSeconds,
            Efficiency = run.Efficiency,
            PeakConcurrency = run.PeakConcurrency,
            SkippedLines = run.SkippedLines,
            Statuses = new OrderedDictionary<string, int>(
                run.Jobs.CountBy(static j => j.Status).OrderBy(static s => Palette.Order(s.Key)),
                StringComparer.Ordinal),
            RunTime = Spreading(run.Jobs.Select(static j => j.Duration)),
            QueueTime = Spreading(run.Jobs.Select(static j => j.Queued)),
            Idle = new IdleReport(
                idle.Total.TotalSeconds,
                new OrderedDictionary<string, double>(idle.ByCause.Select(static c => KeyValuePair.Create(RunView.Name(c.Key), c.Value.TotalSeconds)), StringComparer.Ordinal),
                [.. gaps.Select(static g => new GapReport(g.Worker, g.From.TotalSeconds, g.To.TotalSeconds, RunView.Name(g.Cause)))]),
            CriticalPath = new PathReport(path.Busy.TotalSeconds, [.. path.Steps.Select(static s => s.Job.Index)]),
            Workers = [.. run.Workers.Select(static w => Share($"worker {w.Worker}", w.Jobs))],
            Silos =
            [
                .. run.Jobs.GroupBy(static j => j.Silo ?? "", StringComparer.Ordinal)
                    .OrderBy(static g => g.Key, StringComparer.Ordinal)
                    .Select(static g => Share(g.Key, [.. g])),
            ],
            Jobs = [.. run.Jobs.Select(Job)],
        };
    }

    /// <summary>As indented JSON with camelCase names.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, TraceJson.Default.RunReport);

    private static Spread Spreading(IEnumerable<TimeSpan> times)
    {
        var p = Percentiles.Of(times);
        return new Spread(p.P50.TotalSeconds, p.P90.TotalSeconds, p.P99.TotalSeconds, p.Max.TotalSeconds, p.Mean.TotalSeconds);
    }

    private static ShareReport Share(string name, IReadOnlyList<JobBar> jobs) =>
        new(name, jobs.Count, jobs.Sum(static j => j.Duration.Ticks) / (double)TimeSpan.TicksPerSecond, Concurrency.Peak(jobs));

    private static JobReport Job(JobBar job) => new(
        job.Index,
        job.Key,
        job.Kind,
        job.Status,
        job.Error,
        job.Worker,
        job.Silo,
        job.Attempt,
        job.Queued.TotalSeconds,
        job.Start.TotalSeconds,
        job.Finish.TotalSeconds);
}

/// <summary>How this room's models become JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n", UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunReport))]
[JsonSerializable(typeof(AuditReport))]
internal sealed partial class TraceJson : JsonSerializerContext;
