using System.Diagnostics;

namespace AsyncTour.Concurrency.Bench;

/// <summary>
/// The notebook's ten jobs, of 50 ms each: how much longer they take, warm, than their own measured durations would
/// without overhead. A timer's lateness is the job's, not the pool's.
/// </summary>
public static class Overhead
{
    private const int Jobs = 10;
    private static readonly TimeSpan _job = TimeSpan.FromMilliseconds(50);

    public sealed record Result(Contender Contender, int Workers, double Seconds, double OverIdeal);

    public static async Task<IReadOnlyList<Result>> MeasureAsync(int workers, int rounds)
    {
        var results = new List<Result>();
        foreach (Contender contender in Contenders.All)
        {
            var walls = new List<double>();
            var overs = new List<double>();
            for (int round = -1; round < rounds; round++)
            {
                double[] durations = new double[Jobs];
                long start = Stopwatch.GetTimestamp();
                await contender.RunAsync(Jobs, workers, input => SleepAsync(input, durations));
                double wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
                if (round < 0)
                    continue;
                walls.Add(wall);
                overs.Add(wall / Ideal(durations, workers));
            }

            results.Add(new(contender, workers, Throughput.Median(walls), Throughput.Median(overs)));
        }

        return results;
    }

    /// <summary>The same durations, in the same start order, on as many workers with no overhead.</summary>
    private static double Ideal(double[] durations, int workers)
    {
        double[] freeAt = new double[workers];
        foreach (double duration in durations)
            freeAt[Array.IndexOf(freeAt, freeAt.Min())] += duration;
        return freeAt.Max();
    }

    private static async ValueTask<int> SleepAsync(int input, double[] durations)
    {
        long start = Stopwatch.GetTimestamp();
        await Task.Delay(_job);
        durations[input] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return input;
    }
}
