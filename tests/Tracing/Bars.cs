using AsyncTour.Tracing.Analysis;
using AsyncTour.Tracing.Conventions;

namespace AsyncTour.Tracing.Tests;

/// <summary>Runs made by hand, in milliseconds.</summary>
internal static class Bars
{
    public static JobBar Job(int index, int worker, double start, double finish, string status = JobStatusNames.Succeeded, int attempt = 1) => new()
    {
        Index = index,
        Worker = worker,
        Attempt = attempt,
        Status = status,
        Kind = "sleep",
        Silo = "S1",
        Start = Ms(start),
        Finish = Ms(finish),
        Queued = Ms(start),
    };

    public static RunTimeline Run(string strategy, int maxWorkers, double wall, params JobBar[] jobs) => new()
    {
        TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
        RunId = "r-1",
        Strategy = strategy,
        MaxWorkers = maxWorkers,
        Submitted = jobs.DistinctBy(static j => j.Index).Count(),
        IsComplete = true,
        Start = DateTimeOffset.UnixEpoch,
        Wall = Ms(wall),
        Jobs = jobs,
        Workers = [.. jobs.GroupBy(static j => j.Worker).OrderBy(static g => g.Key).Select(static g => new WorkerRow(g.Key, [.. g]))],
        Ideal = IdealWall.Of(jobs.Select(static j => j.Duration), maxWorkers),
        PeakConcurrency = Concurrency.Peak(jobs),
    };

    public static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    /// <summary>Ten jobs on three workers, with real-looking gaps of a millisecond or two.</summary>
    public static RunTimeline PoolOfThree() => Run(
        "pool",
        3,
        712,
        Job(0, 0, 1, 180),
        Job(1, 1, 1, 290),
        Job(2, 2, 2, 120),
        Job(5, 2, 121, 402),
        Job(3, 0, 181, 470),
        Job(4, 1, 291, 420),
        Job(7, 2, 403, 610),
        Job(8, 1, 421, 705),
        Job(6, 0, 471, 640),
        Job(9, 2, 611, 700));
}
