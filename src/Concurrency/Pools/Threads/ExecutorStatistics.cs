namespace AsyncTour.Concurrency.Pools;

/// <summary>A thread executor at one moment.</summary>
/// <param name="MaxWorkers">The most calls that run at once.</param>
/// <param name="Threads">Threads started so far and not ended.</param>
/// <param name="Running">Calls on a thread now, those asked to stop included until they have returned.</param>
/// <param name="Waiting">Calls that wait for a thread.</param>
/// <param name="Completed">Calls that have returned, well or badly.</param>
public sealed record ExecutorStatistics(int MaxWorkers, int Threads, int Running, int Waiting, long Completed);
