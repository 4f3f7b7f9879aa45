namespace AsyncTour.Concurrency.Pools;

/// <summary>A pool at one moment.</summary>
/// <param name="MaxWorkers">The most jobs that run at once.</param>
/// <param name="Running">Jobs that run now, those asked to stop included until they have stopped.</param>
/// <param name="Peak">The most that ever ran at once.</param>
/// <param name="Started">Jobs started so far.</param>
/// <param name="Waiting">Submitted jobs that wait for a worker.</param>
public sealed record PoolStatistics(int MaxWorkers, int Running, int Peak, long Started, int Waiting)
{
    /// <summary>Jobs that have ended, well or badly.</summary>
    public long Ended => Started - Running;
}
