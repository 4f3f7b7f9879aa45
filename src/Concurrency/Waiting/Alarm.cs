using AsyncTour.Concurrency.Futures;

namespace AsyncTour.Concurrency.Waiting;

/// <summary>Calls back at home when the time has come, unless it is turned off before. Python's <c>call_later</c>.</summary>
internal sealed class Alarm : IDisposable
{
    private readonly Home _home = Home.Capture();
    private readonly TimeProvider _time;
    private readonly Action _ring;
    private Due? _due;
    private ITimer? _timer;

    public Alarm(TimeSpan? delay, TimeProvider time, Action ring)
    {
        _time = time;
        _ring = ring;
        Set(delay);
    }

    /// <summary>Sets it anew, from now; null for never.</summary>
    public void Set(TimeSpan? delay)
    {
        Dispose();
        if (delay is not { } until || until == Timeout.InfiniteTimeSpan)
            return;

        var due = new Due(this);
        Volatile.Write(ref _due, due);
        if (until <= TimeSpan.Zero)
            due.Post();
        else
            _timer = _time.CreateTimer(static due => ((Due)due!).Post(), due, until, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        Volatile.Write(ref _due, null);
        _timer?.Dispose();
        _timer = null;
    }

    /// <summary>One time it was set for. Between the timer and home it may be overtaken by another, and then says nothing.</summary>
    private sealed class Due(Alarm alarm)
    {
        public void Post() => alarm._home.Post(static due => due.Ring(), this);

        private void Ring()
        {
            if (Volatile.Read(ref alarm._due) == this)
                alarm._ring();
        }
    }
}
