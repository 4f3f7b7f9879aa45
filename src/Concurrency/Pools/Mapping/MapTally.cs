namespace AsyncTour.Concurrency.Pools;

/// <summary>Counts a map's failures and successes, and says when the pool's policies have had enough of either.</summary>
/// <remarks>
/// A share of the input needs two things that come from two sides: how many jobs have succeeded, and how many there
/// are, which may be known only at the input's end. Each side writes what it knows, and only then looks at what the
/// other has written, with a fence between the two; so whoever comes second sees both.
/// </remarks>
internal sealed class MapTally(PoolOptions options)
{
    private long _failures;
    private long _successes;

    /// <summary>False when the policies never have enough, and nothing needs counting.</summary>
    public bool Counts { get; } = options.Until is not null || options.OnError.StopAt is not null;

    /// <summary>Counts one outcome. A fence.</summary>
    public void Count(JobStatus status)
    {
        if (status == JobStatus.Succeeded)
            Interlocked.Increment(ref _successes);
        else if (status is JobStatus.Failed or JobStatus.TimedOut)
            Interlocked.Increment(ref _failures);
    }

    /// <summary>True when the map is to stop.</summary>
    /// <param name="total">The number of all jobs, or null while it is not known.</param>
    public bool IsEnough(long? total) =>
        options.OnError.ShouldStop(Interlocked.Read(ref _failures)) || options.Until?.IsMet(Interlocked.Read(ref _successes), total) == true;
}
