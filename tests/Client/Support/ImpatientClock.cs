namespace AsyncTour.Client.Tests.Support;

/// <summary>The machine's clock until it is told to hurry; from then on every wait is over as soon as it begins, and has taken its time.</summary>
internal sealed class ImpatientClock : TimeProvider
{
    private long _ahead;
    private volatile bool _hurries;

    public void Hurry() => _hurries = true;

    public override long GetTimestamp() => System.GetTimestamp() + Interlocked.Read(ref _ahead);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (!_hurries || dueTime == Timeout.InfiniteTimeSpan)
        {
            return System.CreateTimer(callback, state, dueTime, period);
        }

        Interlocked.Add(ref _ahead, (long)(dueTime.TotalSeconds * TimestampFrequency));
        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
