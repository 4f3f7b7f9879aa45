namespace AsyncTour.Concurrency.Pools;

/// <summary>How a <see cref="PoolExecutor"/> treats its jobs. Unless told: one attempt, no timeout, failures end nothing.</summary>
public sealed record PoolOptions
{
    /// <summary>When failures end a map.</summary>
    public ErrorPolicy OnError { get; init; } = ErrorPolicy.Collect;

    /// <summary>When successes end a map; null for never.</summary>
    public Until? Until { get; init; }

    /// <summary>How failed jobs are tried again. Waiting for its next try, a job keeps its worker.</summary>
    public RetryPolicy Retry { get; init; } = RetryPolicy.None;

    /// <summary>
    /// How long one attempt may take before it is asked to stop; null for as long as it likes. A job that does not heed
    /// its token keeps its worker until it ends.
    /// </summary>
    public TimeSpan? JobTimeout { get; init; }

    /// <summary>
    /// How many outcomes may wait to be read, beyond one per worker, before no more input is pulled; null for three
    /// per worker. A larger buffer evens out jobs of uneven length when results are read in input order. Each map takes
    /// the memory for it at once.
    /// </summary>
    public int? Buffer { get; init; }

    /// <summary>What timeouts and waits between attempts are measured by.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where the jitter of retries comes from; null for a generator seeded with 0.</summary>
    public Random? Random { get; init; }
}
