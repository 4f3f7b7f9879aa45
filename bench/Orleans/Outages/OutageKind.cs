namespace AsyncTour.Orleans.Bench.Outages;

/// <summary>How Redis goes away.</summary>
public enum OutageKind
{
    /// <summary>It is frozen: connections stay and nothing answers, as behind a broken network.</summary>
    Frozen,

    /// <summary>It is killed, and started again with its append-only file.</summary>
    Killed,
}
