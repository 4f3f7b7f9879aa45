using System.Threading.Tasks.Sources;

namespace AsyncTour.Concurrency.Pools;

/// <summary>
/// One worker's seat. A lane with nothing to do parks on it, again and again without allocating, and wakes on the
/// scheduler it parked on.
/// </summary>
internal sealed class Lane(int worker) : IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };

    public int Worker => worker;

    public bool IsSwimming { get; set; }

    /// <summary>Must come before the lane can be seen by whoever wakes it.</summary>
    public void Reset() => _core.Reset();

    public ValueTask Parked() => new(this, _core.Version);

    public void Wake() => _core.SetResult(true);

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
