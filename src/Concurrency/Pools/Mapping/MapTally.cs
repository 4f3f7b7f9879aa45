namespace AsyncTour.Concurrency.Pools;

/// <summary>Counts a map's failures and successes, and says when the pool's policies have had enough of either.</summary>
internal sealed class MapTally(PoolOptions options)
{
    private long _failures;
    private long _successes;

    /// <summary>False when the policies never have enough, and nothing needs counting.</summary>
    public bool Counts { get; } = options.Until is not null || options.OnError.StopAt is not null;

    /// <summary>Counts one outcome. True when the map is to stop.</summary>
    public bool IsEnough(JobStatus status, long? total) => status switch
    {
        JobStatus.Succeeded => options.Until?.IsMet(Interlocked.Increment(ref _successes), total) == true,
        JobStatus.Failed or JobStatus.TimedOut => options.OnError.ShouldStop(Interlocked.Increment(ref _failures)),
        _ => false,
    };

    /// <summary>The total became known: a share of it may have succeeded already.</summary>
    public bool IsEnoughOf(long total) => options.Until?.IsMet(Interlocked.Read(ref _successes), total) == true;
}
