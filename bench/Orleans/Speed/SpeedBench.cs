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

    /// <param name="jobs">Jobs of a run.</param>
    /// <param name="rounds">Runs that are counted.</param>
    /// <param name="only">Only clusters of so many silos; 0: the one in this process, for a profiler; <c>null</c>: all.</param>
    public static async Task<int> RunAsync(int jobs, int rounds, int? only)
    {
        Console.WriteLine("| silos | state kept in | bare loop, jobs/s | bare loop that can be stopped, jobs/s | run pool, jobs/s | run / bare | run / bare that can be stopped |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var (silos, redis) in ((int, bool)[])[(0, false), (1, false), (2, false), (3, false), (1, true), (3, true)])
        {
            if (only is null || only == silos)
            {
                await (silos == 0 ? MeasureEmbeddedAsync(jobs, rounds) : MeasureAsync(silos, redis, jobs, rounds));
            }
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
        var (bare, stoppable, run) = (new Rates(jobs), new Rates(jobs), new Rates(jobs));
        for (var round = 0; round <= rounds; round++)
        {
            // By turns, and the first round only warms up.
            await bare.AddAsync(() => grains.GetGrain<IBareLoopGrain>(Id("bare", round)).Run(jobs, Lanes, canStop: false), round > 0);
            await stoppable.AddAsync(() => grains.GetGrain<IBareLoopGrain>(Id("stoppable", round)).Run(jobs, Lanes, canStop: true), round > 0);
            await run.AddAsync(() => RunAsync(grains, Id("run", round), jobs), round > 0);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {silos} | {state} | {bare} | {stoppable} | {run} | {run.Over(bare):0.00} | {run.Over(stoppable):0.00} |"));
        if (silos.Length > 1)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nPer job in this process: {bare.Cost:0.00} µs of processor time and {bare.Bytes:N0} bytes, {stoppable.Cost:0.00} µs and {stoppable.Bytes:N0} bytes, {run.Cost:0.00} µs and {run.Bytes:N0} bytes.\n"));
        }
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
}
