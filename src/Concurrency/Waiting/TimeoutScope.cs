using AsyncTour.Concurrency.Coroutines;

namespace AsyncTour.Concurrency.Waiting;

/// <summary>The deadline of a running <see cref="Asyncio.Timeout"/>. Python's <c>asyncio.Timeout</c>.</summary>
public sealed class TimeoutScope : IDisposable
{
    private readonly Delivery _task;
    private readonly Alarm _alarm;
    private readonly int _requestsBefore;
    private readonly Lock _gate = new();
    private bool _isExpiring;
    private bool _isOver;

    internal TimeoutScope(TimeSpan? delay, TimeProvider time, Delivery task)
    {
        _task = task;
        _requestsBefore = task.Requests;
        _alarm = new Alarm(delay, time, Expire);
    }

    /// <summary>True once the time was up. Python's <c>expired()</c>.</summary>
    public bool IsExpired { get; private set; }

    /// <summary>Sets the deadline anew, from now; null for none. Python's <c>reschedule</c>.</summary>
    /// <exception cref="InvalidOperationException">The time was up already, or the body has ended.</exception>
    public void Reschedule(TimeSpan? delay)
    {
        lock (_gate)
        {
            if (_isOver || _isExpiring)
                throw new InvalidOperationException("A timeout cannot be set anew once its time was up or its body has ended.");
            _alarm.Set(delay);
        }
    }

    void IDisposable.Dispose() => _alarm.Dispose();

    /// <summary>The body has ended. True when the cancellation it let out is this scope's and nobody else's.</summary>
    internal bool TryExpire()
    {
        lock (_gate)
        {
            if (_isOver)
                return false;
            _isOver = true;
        }

        _alarm.Dispose();
        IsExpired = _isExpiring;
        return _isExpiring && _task.Uncancel() <= _requestsBefore;
    }

    private void Expire()
    {
        lock (_gate)
        {
            if (_isOver || _isExpiring)
                return;
            _isExpiring = true;
            IsExpired = true;

            // Within the gate: a body that ends meanwhile must find the request it is to take back.
            _task.Task.Cancel();
        }
    }
}
