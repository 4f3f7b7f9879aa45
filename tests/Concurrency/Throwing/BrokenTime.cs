namespace AsyncTour.Concurrency.Tests.Throwing;

/// <summary>A user's own clock, one member of which throws.</summary>
public sealed class BrokenTime(string place, TimeProvider time) : TimeProvider
{
    public const string Reading = "GetTimestamp";
    public const string Setting = "CreateTimer";
    public const string Disposing = "a timer's Dispose";

    private int _reads;

    public override long TimestampFrequency => time.TimestampFrequency;

    public override long GetTimestamp()
    {
        if (++_reads > 2)
            BrokenException.If(place, Reading);
        return time.GetTimestamp();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        BrokenException.If(place, Setting);
        return new Timer(place, time.CreateTimer(callback, state, dueTime, period));
    }

    private sealed class Timer(string place, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            timer.Dispose();
            BrokenException.If(place, Disposing);
        }

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
