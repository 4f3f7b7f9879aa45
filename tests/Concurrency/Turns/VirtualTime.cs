namespace AsyncTour.Concurrency.Tests.Turns;

/// <summary>A clock that stands still until told to go to its next timer.</summary>
public sealed class VirtualTime : TimeProvider
{
    private readonly PriorityQueue<VirtualTimer, (long Due, long Order)> _timers = new();
    private long _now;
    private long _order;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public TimeSpan Elapsed => new(_now);

    public override long GetTimestamp() => _now;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(_now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Goes to the next timer and fires all that are due then. False when no timer is set.</summary>
    public bool TryAdvance()
    {
        bool fired = false;
        while (_timers.TryPeek(out VirtualTimer? timer, out (long Due, long Order) at) && !(fired && at.Due > _now))
        {
            _timers.Dequeue();
            if (!timer.IsSetFor(at.Order))
                continue;

            _now = Math.Max(_now, at.Due);
            fired = true;
            timer.Fire();
        }

        return fired;
    }

    private sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        private long _setFor = -1;
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public bool IsSetFor(long order) => _setFor == order;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            _setFor = -1;
            if (dueTime != Timeout.InfiniteTimeSpan)
                time._timers.Enqueue(this, (time._now + dueTime.Ticks, _setFor = ++time._order));
            return true;
        }

        public void Fire()
        {
            bool periodic = _period > TimeSpan.Zero;
            Change(periodic ? _period : Timeout.InfiniteTimeSpan, _period);
            callback(state);
        }

        public void Dispose() => _setFor = -1;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
