namespace AsyncTour.Concurrency.Futures;

/// <summary>What went wrong where no caller could be told. Python's <c>loop.call_exception_handler</c> and its <c>RuntimeWarning</c>s.</summary>
public enum ComplaintKind
{
    /// <summary>A coroutine was built and dropped without being awaited or scheduled. "coroutine … was never awaited".</summary>
    NeverAwaited,

    /// <summary>A done callback, or one on a task's cancellation token, threw. The callbacks after it ran all the same.</summary>
    CallbackFailed,

    /// <summary>A future failed and nobody looked. "Future exception was never retrieved".</summary>
    NeverRetrieved,
}

/// <summary>One complaint: its kind, a sentence in Python's words, and the exception if there was one.</summary>
public sealed record Complaint(ComplaintKind Kind, string Message, Exception? Exception);

/// <summary>
/// Hears the mistakes that have no caller. With nobody listening a complaint is one line on standard error, as in
/// Python; the first listener replaces that. Listeners may be called from the finalizer's thread and must not throw.
/// </summary>
public static class Complaints
{
    public static event Action<Complaint>? Raised;

    internal static void Raise(ComplaintKind kind, string message, Exception? exception = null)
    {
        if (Raised is { } listeners)
            listeners(new Complaint(kind, message, exception));
        else
            Console.Error.WriteLine(exception is null ? message : $"{message}: {exception.Message}");
    }
}
