namespace AsyncTour.Concurrency.Pools;

/// <summary>
/// Lanes. The same ones serve <c>sequential</c>, which has one, and <c>pool</c> and <c>executor</c>, whose jobs differ
/// only in what their workers do with them.
/// </summary>
internal sealed class PoolStrategy(string name, int workers) : Strategy(name, workers)
{
    public override Task RunAsync<TJob>(IJobSource<TJob> source, Func<TJob, int, ValueTask> run, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(run);
        return new Lanes<TJob>(source, run, workers, stop).RunAsync();
    }
}
