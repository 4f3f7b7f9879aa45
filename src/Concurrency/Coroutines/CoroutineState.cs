namespace AsyncTour.Concurrency.Coroutines;

/// <summary>Where a coroutine is in its one life. Python's <c>inspect.getcoroutinestate</c>.</summary>
public enum CoroutineState
{
    /// <summary>Built, and nothing of it has run. <c>CORO_CREATED</c>.</summary>
    Created,

    /// <summary>Running at this moment. <c>CORO_RUNNING</c>.</summary>
    Running,

    /// <summary>Waiting for what it awaits. <c>CORO_SUSPENDED</c>.</summary>
    Suspended,

    /// <summary>Over: it returned, threw, or was closed before it began. <c>CORO_CLOSED</c>.</summary>
    Closed,
}
