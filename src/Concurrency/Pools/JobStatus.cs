namespace AsyncTour.Concurrency.Pools;

/// <summary>What became of a job.</summary>
public enum JobStatus
{
    /// <summary>It has a result.</summary>
    Succeeded,

    /// <summary>It threw, on its last attempt.</summary>
    Failed,

    /// <summary>It was asked to stop, and did.</summary>
    Cancelled,

    /// <summary>Its time was up, and it stopped.</summary>
    TimedOut,
}
