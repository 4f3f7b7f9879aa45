using System.Diagnostics;

namespace AsyncTour.Concurrency.Bench;

/// <summary>
/// Jobs per second, processor time and bytes per job: medians of rounds that take turns, so that a noisy minute hits everybody. Of the three,
/// processor time depends least on who else uses the machine.
/// </summary>
public static class Throughput
{
    public sealed record Result(Contender Contender, double JobsPerSecond, double ProcessorNanoseconds, double BytesPerJob);

    private sealed record Round(double Speed, double Processor, double Bytes);

    public static async Task<IReadOnlyList<Result>> MeasureAsync(int jobs, int workers, int rounds)
    {
        var measured = Contenders.All.ToDictionary(contender => contender, _ => new List<Round>());
        for (int round = -2; round < rounds; round++)
        {
            foreach (Contender contender in Contenders.All)
            {
                Round one = await MeasureOnceAsync(contender, jobs, workers);
                if (round >= 0)
                    measured[contender].Add(one);
            }
        }

        return [.. measured.Select(entry => new Result(
            entry.Key,
            Median(entry.Value.Select(one => one.Speed)),
            Median(entry.Value.Select(one => one.Processor)),
            Median(entry.Value.Select(one => one.Bytes))))];
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static async Task<Round> MeasureOnceAsync(Contender contender, int jobs, int workers)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long bytes = GC.GetTotalAllocatedBytes(precise: true);
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        await contender.RunAsync(jobs, workers, YieldOnceAsync);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        processor = Environment.CpuUsage.TotalTime - processor;
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        return new(jobs / seconds, processor.TotalNanoseconds / jobs, bytes / (double)jobs);
    }

    private static async ValueTask<int> YieldOnceAsync(int input)
    {
        await Task.Yield();
        return input;
    }
}
