namespace AsyncTour.Grains.Runs;

/// <summary>
/// Wakes everyone who waits for "something changed". Used inside one grain, so it needs no lock: check the condition,
/// take <see cref="Next"/>, wait for it, check again.
/// </summary>
internal sealed class Pulse
{
    private TaskCompletionSource? _next;

    /// <summary>Completes at the next <see cref="Beat"/>.</summary>
    public Task Next => (_next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Wakes those who wait now.</summary>
    public void Beat()
    {
        var waiters = _next;
        _next = null;
        waiters?.SetResult();
    }

    /// <summary>Waits for the next beat, at most so long. Answers whether it came.</summary>
    public async Task<bool> NextWithin(TimeSpan wait, TimeProvider time)
    {
        try
        {
            await Next.WaitAsync(wait, time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
