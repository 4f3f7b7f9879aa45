namespace AsyncTour.Concurrency.Futures;

/// <summary>Where a future is in its life. It leaves <see cref="Pending"/> once, and never comes back.</summary>
public enum FutureState
{
    /// <summary>Nobody has settled it yet.</summary>
    Pending,

    /// <summary>Done, with a result.</summary>
    Finished,

    /// <summary>Done, with an exception.</summary>
    Failed,

    /// <summary>Done, without either: cancelled.</summary>
    Cancelled,
}
