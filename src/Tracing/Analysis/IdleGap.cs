namespace AsyncTour.Tracing.Analysis;

/// <summary>Why a worker stood idle.</summary>
public enum IdleCause
{
    /// <summary>Every job had already been handed out: the tail of a run.</summary>
    NoInputLeft,

    /// <summary>The input stream had nothing to give yet.</summary>
    WaitingForInput,

    /// <summary>A rate limit held the next job back.</summary>
    RateLimit,

    /// <summary>The next jobs' key was at its own bound.</summary>
    KeyBusy,

    /// <summary>Only retries were left and their backoff had not passed.</summary>
    RetryWait,

    /// <summary>The run had been told to stop: input was left, and nothing more was handed out.</summary>
    Draining,

    /// <summary>None of the others: start-up, hand-over between two jobs, and the end of the run after its last job.</summary>
    Overhead,
}

/// <summary>A time in which one worker ran nothing, with one cause. Times are since the run's start.</summary>
public sealed record IdleGap(int Worker, TimeSpan From, TimeSpan To, IdleCause Cause)
{
    public TimeSpan Duration => To - From;
}

/// <summary>All idle time of a run by cause. The causes sum to the whole: workers × wall − busy.</summary>
public sealed record IdleSummary(TimeSpan Total, IReadOnlyList<KeyValuePair<IdleCause, TimeSpan>> ByCause)
{
    /// <summary>Sums gaps up, the largest cause first; causes that never occurred are left out.</summary>
    public static IdleSummary Of(IEnumerable<IdleGap> gaps)
    {
        ArgumentNullException.ThrowIfNull(gaps);
        var causes = gaps
            .GroupBy(static g => g.Cause)
            .Select(static g => KeyValuePair.Create(g.Key, new TimeSpan(g.Sum(static gap => gap.Duration.Ticks))))
            .OrderByDescending(static c => c.Value)
            .ThenBy(static c => c.Key)
            .ToList();
        return new IdleSummary(new TimeSpan(causes.Sum(static c => c.Value.Ticks)), causes);
    }
}
