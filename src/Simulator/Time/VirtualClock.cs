namespace AsyncTour.Simulator.Time;

/// <summary>
/// The clock of a simulation: it stands still while anything can run, and then jumps to the next thing that is due. It counts in
/// ticks of 100 ns from the first instant of the year 2000, UTC.
/// </summary>
internal sealed class VirtualClock(Strays strays, TimeSpan lateness = default) : TimeProvider
{
    private static readonly DateTimeOffset Epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly DueHeap _due = new();
    private readonly DueLane _messages = new();

    /// <summary>Events that only keep house: when nothing else is due, nothing more will come of them.</summary>
    private int _housekeeping;

    /// <summary>The first instant is not zero, because code may take a timestamp of zero for "not yet".</summary>
    public long Now { get; private set; } = TimeSpan.TicksPerSecond;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>How much later than they were set for the timers of silos ring.</summary>
    public TimeSpan Lateness => lateness;

    /// <summary>Whether anything is due that is not mere housekeeping.</summary>
    public bool HasBusiness => _due.Count + _messages.Count > _housekeeping;

    public long NextDue => Math.Min(_due.Next.Due, _messages.Next.Due);

    public override long GetTimestamp() => Now;

    public override DateTimeOffset GetUtcNow() => Epoch.AddTicks(Now - TimeSpan.TicksPerSecond);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        CreateTimer(null, callback, state, dueTime, period);

    /// <param name="owner">The silo whose timer it is; null when it is the client's.</param>
    public ITimer CreateTimer(SiloClock? owner, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        ReportIfStray("set a timer");
        var timer = new VirtualTimer(this, owner, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Reports what was done to the clock, if a wrong thread did it.</summary>
    public void ReportIfStray(string what)
    {
        if (strays.IsStray)
            strays.Report(what);
    }

    /// <summary>Has an event happen after so many ticks.</summary>
    public void After(long ticks, DueEvent one) => _due.Add(one, Now + ticks);

    /// <summary>The same for a message, which most often takes as long as the one before it, and is never taken back.</summary>
    public void Send(long ticks, DueEvent one)
    {
        if (!_messages.TryAdd(one, Now + ticks, _due))
            After(ticks, one);
    }

    public void At(long due, DueEvent one) => _due.Add(one, Math.Max(due, Now));

    public bool Cancel(DueEvent one) => _due.Remove(one);

    /// <summary>Repeats an action for as long as the simulation lives, without being a reason for it to go on.</summary>
    /// <param name="every">The period; the first time is after one.</param>
    /// <param name="action">What to do.</param>
    /// <param name="later">How much later than that the first time is.</param>
    public void KeepHouse(TimeSpan every, Action action, TimeSpan later = default)
    {
        _housekeeping++;
        After((every + later).Ticks, new Chore(this, every.Ticks, action));
    }

    /// <summary>Lets everything happen that is due at the next instant. There must be something.</summary>
    /// <returns>How many events happened.</returns>
    public int Jump()
    {
        Now = Math.Max(Now, NextDue);
        var happened = 0;
        while (NextDue <= Now)
        {
            TakeNext().Happen();
            happened++;
        }

        return happened;
    }

    private DueEvent TakeNext() => _messages.Next.IsBefore(_due.Next) ? _messages.Take() : _due.Take();

    private sealed class Chore(VirtualClock clock, long every, Action action) : DueEvent
    {
        public override void Happen()
        {
            clock.After(every, this);
            action();
        }
    }
}
