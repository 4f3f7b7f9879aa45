using System.Diagnostics;

namespace AsyncTour.Concurrency.Bench;

/// <summary>Jobs per second and bytes per job, the median of rounds that take turns, so that a noisy minute hits everybody.</summary>
public static class Throughput
{
    public sealed record Result(Contender Contender, double JobsPerSecond, double BytesPerJob);

    public static async Task<IReadOnlyList<Result>> MeasureAsync(int jobs, int workers, int rounds)
    {
        var measured = Contenders.All.ToDictionary(contender => contender, _ => new List<(double Speed, double Bytes)>());
        for (int round = -2; round < rounds; round++)
        {
            foreach (Contender contender in Contenders.All)
            {
                (double Speed, double Bytes) one = await MeasureOnceAsync(contender, jobs, workers);
                if (round >= 0)
                    measured[contender].Add(one);
            }
        }

        return [.. measured.Select(entry => new Result(
            entry.Key,
            Median(entry.Value.Select(one => one.Speed)),
            Median(entry.Value.Select(one => one.Bytes))))];
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static async Task<(double Speed, double Bytes)> MeasureOnceAsync(Contender contender, int jobs, int workers)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long bytes = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        await contender.RunAsync(jobs, workers, YieldOnceAsync);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return (jobs / seconds, (GC.GetTotalAllocatedBytes(precise: true) - bytes) / (double)jobs);
    }

    private static async ValueTask<int> YieldOnceAsync(int input)
    {
        await Task.Yield();
        return input;
    }
}
