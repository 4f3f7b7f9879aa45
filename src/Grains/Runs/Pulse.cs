namespace AsyncTour.Grains.Runs;

/// <summary>
/// Wakes everyone who waits for "something changed". Used inside one grain, so it needs no lock: check the condition,
/// wait for the next beat, check again.
/// </summary>
internal sealed class Pulse
{
    private TaskCompletionSource? _next;

    // A source that runs continuations asynchronously would send what WaitAsync puts between it and its waiter through the
    // thread pool, and so out of the grain. Without, waiters would go on in the middle of the beat: they yield first.
    private Task Next => (_next ??= new TaskCompletionSource()).Task;

    /// <summary>Wakes those who wait now.</summary>
    public void Beat()
    {
        var waiters = _next;
        _next = null;
        waiters?.SetResult();
    }

    /// <summary>Waits for the next beat.</summary>
    public async Task NextAsync(CancellationToken cancellation)
    {
        await Next.WaitAsync(cancellation);
        await Task.Yield();
    }

    /// <summary>Waits for the next beat, at most so long. Answers whether it came.</summary>
    public async Task<bool> NextWithin(TimeSpan wait, TimeProvider time)
    {
        try
        {
            await Next.WaitAsync(wait, time);
            await Task.Yield();
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
