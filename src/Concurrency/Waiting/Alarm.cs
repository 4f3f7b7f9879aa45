using AsyncTour.Concurrency.Futures;

namespace AsyncTour.Concurrency.Waiting;

/// <summary>Calls back at home when the time has come, unless it is turned off before. Python's <c>call_later</c>.</summary>
internal sealed class Alarm : IDisposable
{
    private readonly Home _home = Home.Capture();
    private readonly TimeProvider _time;
    private readonly Action _ring;
    private ITimer? _timer;
    private volatile bool _isOff;

    public Alarm(TimeSpan? delay, TimeProvider time, Action ring)
    {
        _time = time;
        _ring = ring;
        Set(delay);
    }

    /// <summary>Sets it anew, from now; null for never.</summary>
    public void Set(TimeSpan? delay)
    {
        _timer?.Dispose();
        _timer = null;
        if (delay <= TimeSpan.Zero)
            Post();
        else if (delay is { } due && due != Timeout.InfiniteTimeSpan)
            _timer = _time.CreateTimer(static alarm => ((Alarm)alarm!).Post(), this, due, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        _isOff = true;
        _timer?.Dispose();
    }

    private void Post() => _home.Post(static alarm => alarm.Ring(), this);

    private void Ring()
    {
        if (!_isOff)
            _ring();
    }
}
