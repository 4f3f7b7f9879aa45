using AsyncTour.Concurrency.Futures;

namespace AsyncTour.Concurrency.Waiting;

/// <summary>The futures that are done and not yet given out, and the one reader who waits for more of them.</summary>
internal sealed class Arrivals<TFuture>
    where TFuture : Future
{
    private readonly Lock _gate = new();
    private readonly Queue<TFuture> _done = [];
    private Future<bool> _any = new();
    private bool _isGivenUp;

    public void Add(TFuture future)
    {
        lock (_gate)
        {
            _done.Enqueue(future);
            _any.TrySetResult(true);
        }
    }

    /// <summary>No more are waited for: those that are here already can still be taken.</summary>
    public void GiveUp()
    {
        lock (_gate)
        {
            _isGivenUp = true;
            _any.TrySetResult(false);
        }
    }

    /// <summary>The reader, if it waits, hears an <see cref="OperationCanceledException"/>.</summary>
    public void Cancel()
    {
        lock (_gate)
            _any.Cancel();
    }

    /// <summary>Done when there is one to take, or when no more are waited for.</summary>
    public Future<bool> Any()
    {
        lock (_gate)
            return _any;
    }

    public TFuture? Take()
    {
        lock (_gate)
        {
            TFuture? taken = _done.Count == 0 ? null : _done.Dequeue();
            if (_done.Count == 0 && !_isGivenUp && _any.IsDone)
                _any = new Future<bool>();
            return taken;
        }
    }
}
