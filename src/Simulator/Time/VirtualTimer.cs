namespace AsyncTour.Simulator.Time;

/// <summary>A timer that any code set on the virtual clock: <c>Task.Delay</c>, a token source, a grain's timer.</summary>
internal sealed class VirtualTimer(VirtualClock clock, SiloClock? owner, TimerCallback callback, object? state) : DueEvent, ITimer
{
    // A timer carries its maker's context, as the system's does; Task.Delay and token sources have none to carry.
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private long _period = Timeout.Infinite;
    private bool _disposed;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        clock.ReportIfStray("changed a timer");
        if (_disposed)
            return false;
        clock.Cancel(this);
        _period = period > TimeSpan.Zero ? period.Ticks : Timeout.Infinite;
        if (dueTime >= TimeSpan.Zero)
            clock.After((dueTime + LatenessOf(dueTime)).Ticks, this);
        return true;
    }

    public override void Happen()
    {
        if (owner is { IsStopped: true })
            return;
        if (_period > 0)
            clock.After(_period, this);
        if (_context is null)
            callback(state);
        else
            ExecutionContext.Run(_context, static timer => ((VirtualTimer)timer!).Call(), this);
    }

    public void Dispose()
    {
        _disposed = true;
        clock.Cancel(this);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    // A timer that is due at once does not wait for the system's clock.
    private TimeSpan LatenessOf(TimeSpan dueTime) => owner is null || dueTime == TimeSpan.Zero ? TimeSpan.Zero : clock.Lateness;

    private void Call() => callback(state);
}
