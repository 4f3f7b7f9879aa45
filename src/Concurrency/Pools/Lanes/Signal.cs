using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace AsyncTour.Concurrency.Pools;

/// <summary>
/// A bell for one who waits: rung before anyone waits, it is remembered once. The waiter wakes on the scheduler it
/// waited on, which <c>Task.WhenAny</c> over a completion source would not promise.
/// </summary>
internal sealed class Signal : IValueTaskSource
{
    private readonly Lock _gate = new();
    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };
    private bool _rung;
    private bool _awaited;

    public void Ring()
    {
        lock (_gate)
        {
            if (_awaited)
                _core.SetResult(true);
            else
                _rung = true;
            _awaited = false;
        }
    }

    /// <summary>Waits for the next ring, or takes the one that came before. One waiter at a time.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask WaitAsync(CancellationToken cancellation)
    {
        ValueTask ring;
        lock (_gate)
        {
            if (_rung)
            {
                _rung = false;
                return;
            }

            _core.Reset();
            _awaited = true;
            ring = new ValueTask(this, _core.Version);
        }

        using CancellationTokenRegistration registration = cancellation.UnsafeRegister(static (signal, token) => ((Signal)signal!).GiveUp(token), this);
        await ring;
    }

    private void GiveUp(CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_awaited)
                _core.SetException(new OperationCanceledException(cancellation));
            _awaited = false;
        }
    }

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
