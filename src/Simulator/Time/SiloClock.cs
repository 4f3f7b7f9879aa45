namespace AsyncTour.Simulator.Time;

/// <summary>The clock as one life of one silo sees it: it stops when the silo crashes, so that nothing of the dead goes on.</summary>
internal sealed class SiloClock(VirtualClock clock) : TimeProvider
{
    public bool IsStopped { get; set; }

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long GetTimestamp() => clock.Now;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.CreateTimer(this, callback, state, dueTime, period);
}
