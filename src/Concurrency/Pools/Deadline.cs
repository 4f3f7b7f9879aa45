using AsyncTour.Concurrency.Futures;

namespace AsyncTour.Concurrency.Pools;

/// <summary>
/// The time one attempt of a job has. When it is up, or when the pool stops the job, the job's token is cancelled.
/// </summary>
/// <remarks>
/// Not a token source with a timeout of its own: that one cancels from its timer, and what the job's callbacks on the
/// token throw there has no caller and ends the process. Here it is kept, and is the job's failure.
/// </remarks>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _asked = new();
    private readonly CancellationTokenRegistration _stop;
    private readonly ITimer _timer;
    private volatile Exception? _failure;

    public Deadline(TimeSpan timeout, TimeProvider time, CancellationToken stop)
    {
        _timer = time.CreateTimer(static deadline => ((Deadline)deadline!).TimeIsUp(), this, timeout, Timeout.InfiniteTimeSpan);
        _stop = stop.UnsafeRegister(static deadline => ((Deadline)deadline!)._asked.Cancel(), this);
    }

    public CancellationToken Token => _asked.Token;

    /// <summary>What the job's own callbacks threw when its time was up; null while nothing did.</summary>
    public Exception? Failure => _failure;

    public void Dispose()
    {
        _stop.Unregister();
        _timer.Dispose();
    }

    private void TimeIsUp()
    {
        try
        {
            _asked.Cancel();
        }
        catch (AggregateException failures)
        {
            _failure = Failures.OneOrAll(failures);
        }
    }
}
