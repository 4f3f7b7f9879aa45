namespace AsyncTour.Concurrency.Futures;

/// <summary>An await of ours: when it ends it can throw a cancellation that was meant for its task.</summary>
internal interface IDelivers
{
    /// <summary>The future it stands at, which is cancelled with the task; null when it stands at none.</summary>
    Future? Awaited { get; }
}
