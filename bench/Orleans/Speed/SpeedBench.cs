using System.Globalization;
using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;
using AsyncTour.Orleans.Bench.Cluster;
using AsyncTour.Silo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AsyncTour.Orleans.Bench.Speed;

/// <summary><c>speed</c>: no-op jobs through 64 worker grains, by a run and by a bare loop, in turns on the same silos.</summary>
internal static class SpeedBench
{
    private const int Lanes = 64;

    public static async Task<int> RunAsync(int jobs, int rounds)
    {
        Console.WriteLine("| silos | state kept in | bare loop, jobs/s | run pool, jobs/s | ratio |");
        Console.WriteLine("|---|---|---|---|---|");
        await MeasureEmbeddedAsync(jobs, rounds);
        foreach (var (silos, redis) in ((int, bool)[])[(1, false), (2, false), (3, false), (1, true), (3, true)])
        {
            await MeasureAsync(silos, redis, jobs, rounds);
        }

        return 0;
    }

    private static async Task MeasureEmbeddedAsync(int jobs, int rounds)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.AddAsyncTourSilo(new SiloSettings { IsEmbedded = true });
        using var host = builder.Build();
        await host.StartAsync();
        await MeasureAsync("1, in the client's process", "memory", host.Services.GetRequiredService<IGrainFactory>(), jobs, rounds);
        await host.StopAsync();
    }

    private static async Task MeasureAsync(int silos, bool redis, int jobs, int rounds)
    {
        await using var cluster = await LocalCluster.StartAsync([typeof(SpeedBench).Assembly.Location, "silo"], silos, redis);
        await using var client = await ClusterClient.ConnectAsync(cluster);
        await MeasureAsync(silos.ToString(CultureInfo.InvariantCulture), redis ? "Redis" : "memory", client.Grains, jobs, rounds);
    }

    private static async Task MeasureAsync(string silos, string state, IGrainFactory grains, int jobs, int rounds)
    {
        var (bare, run) = (new List<double>(), new List<double>());
        for (var round = 0; round <= rounds; round++)
        {
            var bareTime = await grains.GetGrain<IBareLoopGrain>(Id("bare", round)).Run(jobs, Lanes);
            var runTime = await RunAsync(grains, Id("run", round), jobs);

            // The first round only warms up.
            if (round > 0)
            {
                bare.Add(jobs / bareTime.TotalSeconds);
                run.Add(jobs / runTime.TotalSeconds);
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {silos} | {state} | {Told(bare)} | {Told(run)} | {Median([.. bare.Zip(run, static (b, r) => r / b)]):0.00} |"));
    }

    private static async Task<TimeSpan> RunAsync(IGrainFactory grains, string id, int jobs)
    {
        var spec = new RunSpec { Strategy = "pool", MaxWorkers = Lanes, WarmWorkers = Lanes };
        var input = Enumerable.Range(0, jobs).Select(static index => new Job(index, "sleep", "0ms", ""));
        var run = await new RunClient(grains).StartAsync(id, spec, input.ToAsyncEnumerable());
        var count = 0;
        await foreach (var outcome in run.ReadAsync())
        {
            count += outcome.Status == JobStatus.Succeeded ? 1 : 0;
        }

        await run.Feeding;
        var status = await run.StatusAsync();
        return count == jobs && status is { Ledger.AllSucceeded: true }
            ? status.Wall
            : throw new InvalidOperationException($"{count} of {jobs} jobs succeeded: {status?.Ledger}");
    }

    private static string Id(string what, int round) => string.Create(CultureInfo.InvariantCulture, $"{what}-{round}");

    private static string Told(List<double> rates) =>
        string.Create(CultureInfo.InvariantCulture, $"{Median(rates):N0} ({rates.Min():N0} to {rates.Max():N0})");

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
