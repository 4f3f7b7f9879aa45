using System.Diagnostics;

namespace AsyncTour.Simulator.Bench.Gateway;

/// <summary>Callers that call again as soon as they are answered, for a while.</summary>
internal static class Load
{
    /// <summary>How long each call took, in the order of length, and how many were made in a second.</summary>
    public static async Task<Measured> RunAsync(int callers, TimeSpan time, Func<int, Task> call)
    {
        var stop = false;
        var clock = Stopwatch.StartNew();
        var running = Enumerable.Range(0, callers).Select(index => Task.Run(async () =>
        {
            var took = new List<long>(65_536);
            while (!Volatile.Read(ref stop))
            {
                var began = Stopwatch.GetTimestamp();
                await call(index);
                took.Add(Stopwatch.GetTimestamp() - began);
            }

            return took;
        })).ToArray();
        await Task.Delay(time);
        Volatile.Write(ref stop, true);
        var all = (await Task.WhenAll(running)).SelectMany(static took => took).Order().ToArray();
        return new Measured(all.Length / clock.Elapsed.TotalSeconds, all.Length, Share(all, 0.5), Share(all, 0.99));
    }

    private static TimeSpan Share(long[] sorted, double share) => Stopwatch.GetElapsedTime(0, sorted[(int)(share * (sorted.Length - 1))]);
}

/// <summary>What callers saw.</summary>
internal readonly record struct Measured(double Rate, int Calls, TimeSpan Median, TimeSpan OneInAHundred);
