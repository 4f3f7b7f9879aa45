using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Hosting;

namespace AsyncTour.Simulator.Bench;

/// <summary>Calls per second inside one process: 64 callers outside of grains, each with a grain of its own; and one grain over 64.</summary>
internal static class InProcess
{
    public static async Task RunAsync(Report report, TimeSpan time)
    {
        report.Section("In process", "calls", "calls/s", "bytes per call");
        using var host = await StartAsync();
        var client = host.Services.GetRequiredService<IClusterClient>();
        foreach (var (name, call) in Shapes())
        {
            await MeasureAsync(client, call, TimeSpan.FromSeconds(time.TotalSeconds / 2));
            var (rate, bytes) = await MeasureAsync(client, call, time);
            Row(report, name, rate, bytes);
        }

        foreach (var yielding in new[] { false, true })
        {
            var driver = client.GetGrain<ILanesGrain>(0);
            await driver.Drive(64, 200_000, yielding);
            var before = GC.GetTotalAllocatedBytes();
            var clock = Stopwatch.StartNew();
            var done = await driver.Drive(64, 1_000_000, yielding);
            Row(report, $"one grain calling 64 others, {(yielding ? "each yielding" : "no-op")}", done / clock.Elapsed.TotalSeconds, (GC.GetTotalAllocatedBytes() - before) / (double)done);
        }
    }

    private static IEnumerable<(string Name, Func<INoopGrain, Task<int>> Call)> Shapes()
    {
        yield return ("64 callers, no-op", static grain => grain.Next(1));
        yield return ("64 callers, each call yields once and carries a token", static grain => grain.Yielding(1, CancellationToken.None));
    }

    private static async Task<(double Rate, double Bytes)> MeasureAsync(IClusterClient client, Func<INoopGrain, Task<int>> call, TimeSpan time)
    {
        var stop = false;
        var before = GC.GetTotalAllocatedBytes();
        var clock = Stopwatch.StartNew();
        var callers = Enumerable.Range(0, 64).Select(index => Task.Run(async () =>
        {
            var grain = client.GetGrain<INoopGrain>(index);
            var done = 0L;
            while (!Volatile.Read(ref stop))
            {
                await call(grain);
                done++;
            }

            return done;
        })).ToArray();
        await Task.Delay(time);
        Volatile.Write(ref stop, true);
        var total = (await Task.WhenAll(callers)).Sum();
        return (total / clock.Elapsed.TotalSeconds, (GC.GetTotalAllocatedBytes() - before) / (double)total);
    }

    private static void Row(Report report, string name, double rate, double bytes) => report.Row(name, Report.Number(rate), Report.Number(bytes));

    private static async Task<IHost> StartAsync()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(static silo => silo.UseLocalhostClustering(gatewayPort: 0).AddActivityPropagation());
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
