using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace AsyncTour.Concurrency.Pools;

/// <summary>
/// A worker's stay with a map: one job after the other, from the lane's arrival until the map has no more for it.
/// </summary>
/// <remarks>
/// It is an async loop written out by hand. A job that waits resumes the stay through one delegate, made once, so a
/// job costs neither a state machine nor the look-ups by which an async method comes back to itself; what the
/// compiler would have promised is kept here: the stay resumes on the scheduler it waited on, and the ambient values
/// of its jobs reach nobody outside of it.
/// </remarks>
internal sealed class MapStay<TInput, TResult> : IValueTaskSource
{
    private readonly MapFeed<TInput, TResult> _map;
    private readonly int _worker;
    private readonly Action _resume;
    private ManualResetValueTaskSourceCore<bool> _end;
    private ValueTaskAwaiter<TResult> _job;
    private MapSlot<TInput, TResult>? _slot;
    private bool _isUnderWay;

    public MapStay(MapFeed<TInput, TResult> map, int worker)
    {
        _map = map;
        _worker = worker;
        _resume = Resume;
    }

    /// <summary>Runs that job and as many more as the map has for this worker. A worker has one stay at a time.</summary>
    public ValueTask RunAsync(MapSlot<TInput, TResult> first)
    {
        _end.Reset();
        _slot = first;
        var whole = new ValueTask(this, _end.Version);
        Resume();
        return whole;
    }

    /// <summary>Called by whatever ended the job, so its ambient values must be as before when this returns.</summary>
    private void Resume()
    {
        try
        {
            ExecutionContext? outer = ExecutionContext.Capture();
            if (outer == _map.Ambient)
            {
                GoOn();
                if (outer is not null)
                    ExecutionContext.Restore(outer);
            }
            else if (_map.Ambient is { } ambient)
            {
                ExecutionContext.Run(ambient, static stay => ((MapStay<TInput, TResult>)stay!).GoOn(), this);
            }
            else
            {
                GoOn();
            }
        }
        catch (Exception bug)
        {
            End(bug);
        }
    }

    private void GoOn()
    {
        MapSlot<TInput, TResult>? slot = _slot!;
        do
        {
            if (!TryRun(slot))
                return;

            slot = _map.After(slot, _worker);
        }
        while (slot is not null);

        End(bug: null);
    }

    /// <summary>Starts the slot's job, or ends the one it waited for. False when the job waits and will resume the stay.</summary>
    private bool TryRun(MapSlot<TInput, TResult> slot)
    {
        try
        {
            if (!_isUnderWay)
            {
                ValueTaskAwaiter<TResult> job = _map.StartAsync(slot).GetAwaiter();
                if (!job.IsCompleted)
                {
                    _slot = slot;
                    _job = job;
                    _isUnderWay = true;
                    job.UnsafeOnCompleted(_resume);
                    return false;
                }

                slot.Succeed(job.GetResult());
                return true;
            }

            _isUnderWay = false;
            slot.Succeed(_job.GetResult());
        }
        catch (Exception error)
        {
            slot.Fail(error);
        }

        return true;
    }

    /// <summary>Keeps nothing of the last job.</summary>
    private void End(Exception? bug)
    {
        _job = default;
        _slot = null;
        if (bug is null)
            _end.SetResult(true);
        else
            _end.SetException(bug);
    }

    void IValueTaskSource.GetResult(short token) => _end.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _end.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _end.OnCompleted(continuation, state, token, flags);
}
