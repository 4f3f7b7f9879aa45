namespace AsyncTour.Grains.Promises;

/// <summary>
/// Those who wait for one promise, inside its grain. Ten thousand of them share one timer, and nobody's patience running
/// out costs an exception.
/// </summary>
internal sealed class PromiseWaiters(TimeProvider time)
{
    private readonly PriorityQueue<Waiter, DateTimeOffset> _byEnd = new();

    /// <summary>How many wait right now.</summary>
    public int Count { get; private set; }

    /// <summary>When the first waiter's patience ends; <c>null</c> when nobody waits.</summary>
    public DateTimeOffset? FirstEnd => _byEnd.TryPeek(out _, out var end) ? end : null;

    /// <summary>Waits until released, at most so long.</summary>
    public async Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        var waiter = new Waiter();
        _byEnd.Enqueue(waiter, time.GetUtcNow() + wait);
        Count++;
        try
        {
            using var giveUp = cancellationToken.UnsafeRegister(static (waiter, token) => ((Waiter)waiter!).TrySetCanceled(token), waiter);
            await waiter.Task;
        }
        finally
        {
            Count--;
        }
    }

    /// <summary>Lets everybody go.</summary>
    public void Release()
    {
        while (_byEnd.TryDequeue(out var waiter, out _))
        {
            waiter.TrySetResult();
        }
    }

    /// <summary>Lets those go whose patience has ended.</summary>
    public void ReleaseImpatient()
    {
        var now = time.GetUtcNow();
        while (FirstEnd <= now)
        {
            _byEnd.Dequeue().TrySetResult();
        }
    }

    private sealed class Waiter() : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
}
