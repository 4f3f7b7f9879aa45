namespace AsyncTour.Concurrency.Pools;

/// <summary>
/// The notebook's loop: fill a window, wait for the first to complete, refill. Its loop ended with its input and so
/// lost the last window; this one ends when both the input and the window are empty.
/// </summary>
/// <remarks>One task per job and one look at the whole window per completion: the pool is the faster way to the same bound.</remarks>
internal sealed class FirstCompletedStrategy(int workers) : Strategy("first-completed", workers)
{
    public override async Task RunAsync<TJob>(IJobSource<TJob> source, Func<TJob, int, ValueTask> run, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(run);

        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var window = new RefillWindow<TJob>(source, run, workers, waiting);
        window.Refill();
        while (window.IsOpen)
        {
            await window.FirstCompletedAsync();
            window.Refill();
        }

        window.ThrowIfBroken();
    }
}
