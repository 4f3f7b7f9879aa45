namespace AsyncTour.Concurrency.Futures;

/// <summary>
/// A value that is not there yet, seen without its type: done or not, cancelled or not, and who wants to know.
/// Python's <c>asyncio.Future</c>, less its result.
/// </summary>
/// <remarks>
/// Safe to use from any thread. Whoever waits comes back on the scheduler it waited on, on a later turn: settling a
/// future never runs its waiters inside the settling code.
/// </remarks>
public abstract class Future
{
    private readonly Lock _gate = new();
    private List<DoneCallback>? _callbacks;
    private Exception? _failure;
    private Witness? _unheard;
    private volatile FutureState _state;

    private protected Future()
    {
    }

    /// <summary>Where it is in its life.</summary>
    public FutureState State => _state;

    /// <summary>True once it has a result, an exception or a cancellation. Python's <c>done()</c>.</summary>
    public bool IsDone => _state != FutureState.Pending;

    /// <summary>True once it is done by being cancelled. Python's <c>cancelled()</c>.</summary>
    public bool IsCancelled => _state == FutureState.Cancelled;

    /// <summary>The exception it failed with, or null if it has a result. Python's <c>exception()</c>.</summary>
    /// <exception cref="InvalidStateException">It is not done.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Exception? Exception => _state switch
    {
        FutureState.Pending => throw new InvalidStateException("Exception is not set: the future is pending. Await it first."),
        FutureState.Cancelled => throw _failure!,
        _ => Failure,
    };

    /// <summary>The exception or the cancellation, without a word about states. Reading it counts as looking.</summary>
    internal Exception? Failure
    {
        get
        {
            _unheard?.Relieve();
            return _failure;
        }
    }

    /// <summary>Cancels it if it is not done. Python's <c>cancel()</c>.</summary>
    /// <param name="message">What the exception of those who wait will say; null for .NET's own words.</param>
    /// <returns>False when it was done already, and nothing changed.</returns>
    public virtual bool Cancel(string? message = null) => TrySettle(FutureState.Cancelled, Cancelled(message));

    /// <summary>
    /// Has the callback called on a later turn of the calling scheduler once this is done, or on its next turn if it
    /// is done already. Callbacks run in the order they were added; one that throws is a <see cref="Complaint"/> and
    /// does not keep the others from running. It sees the ambient values of whoever added it.
    /// Python's <c>add_done_callback</c>.
    /// </summary>
    public void AddDoneCallback(Action<Future> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        ExecutionContext? context = ExecutionContext.Capture();
        Action tell = () => Tell(callback);
        Action tellInContext = context is null ? tell : () => ExecutionContext.Run(context, static tell => ((Action)tell!)(), tell);
        Add(new DoneCallback(callback, tellInContext, Home.Capture()));
    }

    /// <summary>Takes back every addition of the callback. Python's <c>remove_done_callback</c>.</summary>
    /// <returns>How many were taken back.</returns>
    public int RemoveDoneCallback(Action<Future> callback)
    {
        lock (_gate)
            return _callbacks?.RemoveAll(added => added.Subject.Equals(callback)) ?? 0;
    }

    /// <summary>Continues an await at its home.</summary>
    internal void Continue(Action continuation, Home? home) => Add(new DoneCallback(continuation, continuation, home));

    /// <summary>The same wait for .NET's own verbs. It completes when this is done, and never fails.</summary>
    internal Task WhenDone()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Continue(done.SetResult, home: null);
        return done.Task;
    }

    private protected static OperationCanceledException Cancelled(string? message) =>
        message is null ? new OperationCanceledException() : new OperationCanceledException(message);

    /// <summary>Leaves <see cref="FutureState.Pending"/>, unless somebody was first.</summary>
    /// <param name="state">What to become.</param>
    /// <param name="failure">The exception or the cancellation.</param>
    /// <param name="keep">Keeps the result, before anybody can see that it is there.</param>
    private protected bool TrySettle(FutureState state, Exception? failure = null, Action? keep = null)
    {
        List<DoneCallback>? callbacks;
        lock (_gate)
        {
            if (IsDone)
                return false;

            keep?.Invoke();
            _failure = failure;
            if (state == FutureState.Failed)
                _unheard = new Witness(ComplaintKind.NeverRetrieved, "Future exception was never retrieved", failure);
            _state = state;
            callbacks = _callbacks;
            _callbacks = null;
        }

        foreach (DoneCallback callback in callbacks ?? [])
            Announce(callback);
        return true;
    }

    /// <summary>A home that takes no more callbacks (a closed window's, say) must not cost the others theirs.</summary>
    private static void Announce(DoneCallback callback)
    {
        try
        {
            callback.Announce();
        }
        catch (Exception failure)
        {
            Complaints.Raise(ComplaintKind.CallbackFailed, $"Exception in posting {callback.Subject.Method.Name}", failure);
        }
    }

    private void Add(DoneCallback added)
    {
        lock (_gate)
        {
            if (!IsDone)
            {
                (_callbacks ??= []).Add(added);
                return;
            }
        }

        added.Announce();
    }

    private void Tell(Action<Future> callback)
    {
        try
        {
            callback(this);
        }
        catch (Exception failure)
        {
            Complaints.Raise(ComplaintKind.CallbackFailed, $"Exception in callback {callback.Method.Name}", failure);
        }
    }
}
