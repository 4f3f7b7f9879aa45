namespace AsyncTour.Concurrency.Waiting;

/// <summary>What <c>Wait</c> waits for.</summary>
public enum ReturnWhen
{
    /// <summary>Every future is done. <c>ALL_COMPLETED</c>, the default.</summary>
    AllCompleted,

    /// <summary>Any future is done, or cancelled. <c>FIRST_COMPLETED</c>.</summary>
    FirstCompleted,

    /// <summary>Any future has failed; a cancellation is no failure. Without one, every future is done. <c>FIRST_EXCEPTION</c>.</summary>
    FirstException,
}
