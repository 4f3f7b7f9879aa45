using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using AsyncTour.Concurrency.Pools;

namespace AsyncTour.Concurrency.Limits;

/// <summary>
/// A shelf per busy key. A job whose key is full goes to the end of its shelf; a job that ends calls the first of its
/// key's shelf back, and of those called back the one that came first in the input leaves first.
/// </summary>
internal sealed class KeyLimitedSource<TJob, TKey>(
    KeyLimit limit,
    IJobSource<TJob> source,
    Func<TJob, TKey> keyOf,
    IEqualityComparer<TKey>? comparer) : IJobSource<TJob>
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Shelf> _shelves = new(comparer);
    private readonly PriorityQueue<TJob, long> _calledBack = new();
    private readonly Signal _changed = new();
    private long _pulled;
    private int _setAside;
    private Input _input;
    private ExceptionDispatchInfo? _inputFailure;
    private Task _inputWait = Task.CompletedTask;

    private enum Input
    {
        MayHaveMore,
        Awaited,
        Ended,
    }

    public string? HeldBy { get; private set; }

    public bool TryTake([MaybeNullWhen(false)] out TJob job)
    {
        lock (_gate)
        {
            if (_calledBack.TryDequeue(out job, out _))
            {
                HeldBy = $"{limit} ({keyOf(job)})";
                return true;
            }

            _inputFailure?.Throw();
            while (_input == Input.MayHaveMore && _setAside < limit.MaxSetAside && source.TryTake(out job))
            {
                HeldBy = source.HeldBy;
                if (TryEnter(job, _pulled++))
                    return true;
            }

            job = default;
            return false;
        }
    }

    public async ValueTask<bool> WaitToTakeAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_calledBack.Count > 0)
                return true;
            if (_input == Input.Ended && _setAside == 0)
                return false;
            if (_input == Input.MayHaveMore && _setAside < limit.MaxSetAside)
            {
                _input = Input.Awaited;
                _inputWait = AwaitInputAsync(cancellation);
            }
        }

        await _changed.WaitAsync(cancellation);
        return true;
    }

    public void Finished(TJob job)
    {
        try
        {
            source.Finished(job);
        }
        finally
        {
            GiveBack(job);
        }
    }

    /// <summary>A wait that was given up may still be on its way out of the source.</summary>
    public async ValueTask DisposeAsync()
    {
        await _inputWait;
        await source.DisposeAsync();
    }

    private void GiveBack(TJob job)
    {
        lock (_gate)
        {
            TKey key = keyOf(job);
            Shelf shelf = _shelves[key];
            if (shelf.Waiting.TryDequeue(out (TJob Job, long Index) next))
            {
                _setAside--;
                _calledBack.Enqueue(next.Job, next.Index);
                _changed.Ring();
            }
            else if (--shelf.Running == 0)
            {
                _shelves.Remove(key);
            }
        }
    }

    private bool TryEnter(TJob job, long index)
    {
        TKey key = keyOf(job);
        if (!_shelves.TryGetValue(key, out Shelf? shelf))
            _shelves.Add(key, shelf = new Shelf());

        if (shelf.Running < limit.PerKey)
        {
            shelf.Running++;
            return true;
        }

        shelf.Waiting.Enqueue((job, index));
        _setAside++;
        return false;
    }

    /// <summary>Runs beside the wait, which a job's end may cut short; a failure of the input waits for the next pull.</summary>
    private async Task AwaitInputAsync(CancellationToken cancellation)
    {
        Input now = Input.MayHaveMore;
        try
        {
            if (!await source.WaitToTakeAsync(cancellation))
                now = Input.Ended;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The wait was given up, not the input.
        }
        catch (Exception failure)
        {
            _inputFailure = ExceptionDispatchInfo.Capture(failure);
        }

        lock (_gate)
            _input = now;
        _changed.Ring();
    }

    private sealed class Shelf
    {
        public int Running { get; set; }

        public Queue<(TJob Job, long Index)> Waiting { get; } = new();
    }
}
