using AsyncTour.Concurrency.Pools;

namespace AsyncTour.Concurrency.Limits;

/// <summary>
/// At most so many jobs of one key at once: two requests to one host, say, however wide the pool is. A busy key never
/// blocks the others: its jobs are set aside, and jobs of other keys pass.
/// </summary>
public sealed record KeyLimit
{
    /// <param name="perKey">Jobs of one key at once, at least 1.</param>
    public KeyLimit(int perKey)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perKey, 1);
        PerKey = perKey;
    }

    /// <summary>Jobs of one key at once.</summary>
    public int PerKey { get; }

    /// <summary>
    /// How many jobs are set aside at most while their keys are busy; 1,000 unless told. With so many set aside the
    /// input is no longer pulled until a key is free again: this bounds the memory of a run.
    /// </summary>
    public int MaxSetAside { get; init; } = 1000;

    /// <summary>The same jobs, in input order but for those whose key is busy.</summary>
    /// <param name="source">The jobs.</param>
    /// <param name="keyOf">A job's key. Called more than once per job, it must answer the same each time.</param>
    /// <param name="comparer">When two keys are one; null for the keys' own equality.</param>
    public IJobSource<TJob> Over<TJob, TKey>(IJobSource<TJob> source, Func<TJob, TKey> keyOf, IEqualityComparer<TKey>? comparer = null)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(keyOf);
        return new KeyLimitedSource<TJob, TKey>(this, source, keyOf, comparer);
    }

    public override string ToString() => $"per-key {PerKey}";
}
