using System.Diagnostics;
using AsyncTour.Tracing.Analysis;
using AsyncTour.Tracing.Conventions;

namespace AsyncTour.Tracing.Rendering.Page;

/// <summary>One run as it is seen while it runs. Only ever touched under the lock of <see cref="LiveRuns"/>.</summary>
internal sealed class LiveRun(string id, int mostJobs)
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    private readonly List<JobBar> _ended = [];
    private DateTime _lastEnd;
    private DateTime? _begin;
    private DateTime _warmUntil;
    private RunTimeline? _finished;
    private (int Ended, int Peak) _peak;

    public string Id { get; } = id;

    /// <summary>The coordinator's span; null on a silo that only has workers of the run.</summary>
    public Activity? Span { get; set; }

    /// <summary>The coordinator's span has ended.</summary>
    public bool IsFinished { get; set; }

    /// <summary>
    /// Whether nothing more is to come. Without the coordinator's span nobody says so: then a while without a job does, and
    /// a job that comes after all takes it back.
    /// </summary>
    public bool IsOver(DateTime now, int running) => IsFinished || (Span is null && running == 0 && now - _lastEnd > Silence);

    /// <summary>Ended attempts, in the order in which they ended.</summary>
    public IReadOnlyList<JobBar> Ended => _ended;

    /// <summary>Attempts beyond the memory kept for a run: they are in the trace's file only.</summary>
    public int LeftOut { get; private set; }

    public int Failed { get; private set; }

    /// <summary>When the run began; where it warmed the path up first, when that was done.</summary>
    public DateTime Begin => _begin ?? Span?.StartTimeUtc ?? DateTime.UnixEpoch;

    public void WarmedUp(Activity job) => _warmUntil = Later(_warmUntil, job.StartTimeUtc + job.Duration);

    public void End(Activity job)
    {
        _begin ??= Earlier(job.StartTimeUtc, Later(Span?.StartTimeUtc ?? job.StartTimeUtc, _warmUntil));
        _lastEnd = Later(_lastEnd, job.StartTimeUtc + job.Duration);
        _finished = null;
        var bar = Bar(job);
        Failed += bar.Status == JobStatusNames.Succeeded ? 0 : 1;
        if (_ended.Count < mostJobs)
            _ended.Add(bar);
        else
            LeftOut++;
    }

    public JobBar Bar(Activity job)
    {
        var start = job.StartTimeUtc - Begin;
        var bar = new JobBar { Index = -1, Worker = -1, Attempt = 1, Status = "", Start = start, Finish = start + job.Duration, Queued = start };
        return JobTags.Of(job).On(bar) with { Kind = job.DisplayName[SpanNames.JobPrefix.Length..], Error = job.StatusDescription };
    }

    /// <summary>What is known now. A run that has ended is analysed once.</summary>
    public RunTimeline Timeline(DateTime now, int running)
    {
        if (_finished is not null)
            return _finished;
        var facts = Facts(IsFinished && Span is not null ? Span.StartTimeUtc + Span.Duration : IsOver(now, running) ? _lastEnd : now);
        if (!IsOver(now, running))
            return facts.WithJobs([]) with { PeakConcurrency = Peak(running) };
        return _finished = facts.WithJobs(_ended);
    }

    private RunFacts Facts(DateTime end) => new()
    {
        TraceId = Span?.TraceId.ToHexString() ?? "",
        RunId = Id,
        Strategy = Span?.GetTagItem(AttributeNames.RunStrategy) as string ?? "",
        MaxWorkers = Span?.GetTagItem(AttributeNames.RunMaxWorkers) as int?,
        Submitted = Span?.GetTagItem(AttributeNames.RunJobs) as int?,
        IsComplete = IsFinished,
        Start = new DateTimeOffset(Begin),
        Wall = end - Begin,
        Waits = IsFinished && Span is not null ? [.. Span.Events.Where(static e => e.Name == EventNames.Wait).Select(WaitOf)] : [],
        DrainingFrom = Span?.Events.Where(static e => e.Name == EventNames.Draining).Select(e => (TimeSpan?)(e.Timestamp.UtcDateTime - Begin)).FirstOrDefault(),
    };

    private Wait WaitOf(ActivityEvent wait)
    {
        var tags = wait.Tags.ToDictionary(static t => t.Key, static t => t.Value, StringComparer.Ordinal);
        var to = wait.Timestamp.UtcDateTime - Begin;
        var seconds = tags.GetValueOrDefault(AttributeNames.WaitSeconds) as double? ?? 0;
        var cause = tags.GetValueOrDefault(AttributeNames.WaitCause) as string ?? "";
        return new Wait(cause, to - TimeSpan.FromSeconds(seconds), to, tags.GetValueOrDefault(AttributeNames.WaitWorker) as int?);
    }

    /// <summary>The peak so far. It is worked out anew only while that is cheap, or the page would slow down the run it shows.</summary>
    private int Peak(int running)
    {
        if (_ended.Count != _peak.Ended && (_ended.Count < 20_000 || _ended.Count > _peak.Ended * 2))
            _peak = (_ended.Count, Concurrency.Peak(_ended));
        return Math.Max(_peak.Peak, running);
    }

    private static DateTime Earlier(DateTime a, DateTime b) => a < b ? a : b;

    private static DateTime Later(DateTime a, DateTime b) => a > b ? a : b;
}
