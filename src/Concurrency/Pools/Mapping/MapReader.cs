using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace AsyncTour.Concurrency.Pools;

/// <summary>
/// The reader's side of a map: takes outcomes ticket by ticket, and posts their slots free. Nothing runs before the
/// first read, and nothing runs after the reader is disposed.
/// </summary>
internal sealed class MapReader<TInput, TResult>(MapFeed<TInput, TResult> map, MapPlan<TInput, TResult> plan, Feeds pool, CancellationToken caller)
    : IAsyncEnumerator<Outcome<TInput, TResult>>
{
    private MapSlot<TInput, TResult>? _current;
    private long _read;
    private bool _isStarted;
    private bool _isEnded;

    public Outcome<TInput, TResult> Current => _current is { } slot ? slot.Outcome : default;

    public ValueTask<bool> MoveNextAsync()
    {
        if (_isEnded)
            return new(false);

        if (_current is { } read)
            Recycle(read);
        else if (!_isStarted)
            Start();
        return map.Outcomes.TakeIfThere(_read) is { } slot ? new(Read(Unsafe.As<MapSlot<TInput, TResult>>(slot))) : ReadLaterAsync();
    }

    /// <summary>Left early, the map asks its jobs to stop and waits until they have.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isStarted && !_isEnded)
        {
            map.Stop();
            if (_current is { } read)
                Recycle(read);
            while (await NextAsync() is var slot && slot != map.End)
                Recycle(slot);
        }

        _isEnded = true;
        map.Dispose();
        await plan.Source.DisposeAsync();
    }

    private void Start()
    {
        ObjectDisposedException.ThrowIf(pool.IsClosed, typeof(PoolExecutor));
        _isStarted = true;
        pool.Add(map);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> ReadLaterAsync() => Read(await NextAsync());

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<MapSlot<TInput, TResult>> NextAsync()
    {
        // A reader that is as fast as the jobs would be woken for each of them. Giving way once lets a number of jobs
        // end meanwhile, and a reader who finds them there need not be woken at all.
        await Task.Yield();

        object? slot;
        while ((slot = map.Outcomes.TakeOrAwait(_read)) is null)
            await map.OutcomeArrived.WaitAsync(CancellationToken.None);
        return Unsafe.As<MapSlot<TInput, TResult>>(slot);
    }

    private bool Read(MapSlot<TInput, TResult> slot)
    {
        if (slot == map.End)
        {
            _isEnded = true;
            ThrowIfCutShort();
            return false;
        }

        _current = slot;
        return true;
    }

    /// <summary>The slot's outcome has been read, or never will be: the slot can take another job.</summary>
    private void Recycle(MapSlot<TInput, TResult> slot)
    {
        _current = null;
        slot.Empty();
        if (map.Free.Post(_read, slot))
            pool.Ring();
        _read++;
    }

    /// <summary>An end that is not the input's own must not look like one.</summary>
    private void ThrowIfCutShort()
    {
        if (map.InputFailure is { } failure)
            ExceptionDispatchInfo.Throw(failure);
        caller.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(map.WasCutShort, typeof(PoolExecutor));
    }
}
