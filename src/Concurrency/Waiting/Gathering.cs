using AsyncTour.Concurrency.Futures;

namespace AsyncTour.Concurrency.Waiting;

/// <summary>Settled by its children: with all of them, or with the first that went wrong.</summary>
/// <remarks>A home may be the thread pool, so two children may be heard at once.</remarks>
internal sealed class Gathering<T, TGathered> : Future<IReadOnlyList<TGathered>>
{
    private readonly Future<T>[] _children;
    private readonly Func<Future<T>, TGathered> _gather;
    private readonly bool _failsAtOnce;
    private int _pending;
    private volatile bool _isCancelRequested;

    public Gathering(Future<T>[] children, Func<Future<T>, TGathered> gather, bool failsAtOnce)
    {
        _children = children;
        _gather = gather;
        _failsAtOnce = failsAtOnce;
        _pending = children.Length;
        if (children.Length == 0)
            SetResult([]);
        foreach (Future<T> child in children)
            child.AddDoneCallback(Hear);
    }

    /// <summary>Cancels every child; this is cancelled when they have stopped.</summary>
    public override bool Cancel(string? message = null)
    {
        if (IsDone)
            return false;

        bool any = false;
        foreach (Future<T> child in _children)
            any |= child.Cancel(message);
        _isCancelRequested |= any;
        return any;
    }

    private void Hear(Future child)
    {
        int pending = Interlocked.Decrement(ref _pending);
        if (IsDone)
        {
            // Python, too, counts the failure of a child that came too late as looked at.
            _ = child.Failure;
            return;
        }

        if (_failsAtOnce && child.State != FutureState.Finished)
            Fail(child.Failure!);
        else if (pending == 0 && _isCancelRequested)
            base.Cancel();
        else if (pending == 0)
            TrySetResult([.. _children.Select(_gather)]);
    }

    private void Fail(Exception failure)
    {
        if (failure is OperationCanceledException cancelled)
            TrySettle(FutureState.Cancelled, cancelled);
        else
            TrySetException(failure);
    }
}
