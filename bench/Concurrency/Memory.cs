using System.Diagnostics;
using AsyncTour.Concurrency.Pools;

namespace AsyncTour.Concurrency.Bench;

/// <summary>Resident memory while a million inputs go through one map.</summary>
public static class Memory
{
    public sealed record Sample(int Read, double Megabytes);

    public static async Task<IReadOnlyList<Sample>> MeasureAsync(int inputs, int every)
    {
        using Process self = Process.GetCurrentProcess();
        var samples = new List<Sample>();
        int read = 0;
        await using var pool = new PoolExecutor(64);
        await foreach (Outcome<int, byte[]> _ in pool.MapUnordered(Enumerable.Range(0, inputs), PageAsync))
        {
            if (++read % every != 0)
                continue;
            self.Refresh();
            samples.Add(new(read, self.WorkingSet64 / 1048576.0));
        }

        return samples;
    }

    /// <summary>A result of 1 KB: kept by mistake, a million of them could not be overlooked.</summary>
    private static async ValueTask<byte[]> PageAsync(int input, CancellationToken cancellation)
    {
        await Task.Yield();
        return new byte[1024];
    }
}
