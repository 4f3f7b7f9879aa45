namespace AsyncTour.Concurrency.Futures;

/// <summary>
/// Where a piece of code runs and wants to come back to: a synchronization context, a task scheduler (a grain's turn)
/// or, failing both, the thread pool. Posting here is asyncio's <c>loop.call_soon</c>.
/// </summary>
internal readonly record struct Home(SynchronizationContext? Context, TaskScheduler Scheduler)
{
    /// <summary>The calling code's home. The same rule as <c>await</c>'s own.</summary>
    public static Home Capture()
    {
        SynchronizationContext? context = SynchronizationContext.Current;
        return new(context?.GetType() == typeof(SynchronizationContext) ? null : context, TaskScheduler.Current);
    }

    /// <summary>Runs the callback at home, on a later turn, after what is queued there already.</summary>
    public void Post<TState>(Action<TState> callback, TState state)
        where TState : class
    {
        if (Context is not null)
            Context.Post(static posted => ((Posted<TState>)posted!).Run(), new Posted<TState>(callback, state));
        else if (Scheduler == TaskScheduler.Default)
            ThreadPool.QueueUserWorkItem(callback, state, preferLocal: false);
        else
            _ = Task.Factory.StartNew(
                static posted => ((Posted<TState>)posted!).Run(),
                new Posted<TState>(callback, state),
                CancellationToken.None,
                TaskCreationOptions.DenyChildAttach,
                Scheduler);
    }

    private sealed record Posted<TState>(Action<TState> Callback, TState State)
    {
        public void Run() => Callback(State);
    }
}
