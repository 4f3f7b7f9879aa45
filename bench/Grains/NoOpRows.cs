using System.Diagnostics;
using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;

namespace AsyncTour.Grains.Bench;

/// <summary>A run of jobs that do nothing, beside the barest loop of as many lanes that calls the same grains.</summary>
internal static class NoOpRows
{
    private const int Lanes = 64;
    private const int Rounds = 3;

    public static async Task MeasureAsync(BenchSilo silo, Report report)
    {
        const int jobs = 100_000;
        report.Section($"{Report.Number(jobs)} jobs that do nothing, {Lanes} workers, traces off", "what", "jobs/s, best of three", "ratio");
        await BareAsync(silo, jobs / 10, "warm");
        await RunAsync(silo, jobs / 10);
        var bare = 0.0;
        var run = 0.0;
        for (var i = 0; i < Rounds; i++)
        {
            bare = Math.Max(bare, await BareAsync(silo, jobs, $"bare-{i}"));
            run = Math.Max(run, await RunAsync(silo, jobs));
        }

        report.Row("bare loop of 64 lanes over the same grains", Report.Number(bare), "1");
        report.Row("`run pool`, with ledger, log and a client that reads", Report.Number(run), Report.Number(run / bare, "N2"));
    }

    public static async Task<double> RunAsync(BenchSilo silo, int jobs)
    {
        var clock = Stopwatch.StartNew();
        await silo.RunAsync(new RunSpec { Strategy = "pool", MaxWorkers = Lanes, WarmWorkers = Lanes }, BenchSilo.Sleeps(jobs, "0s"));
        return jobs / clock.Elapsed.TotalSeconds;
    }

    private static async Task<double> BareAsync(BenchSilo silo, int jobs, string name)
    {
        var workers = Enumerable.Range(0, Lanes).Select(i => silo.Grains.GetGrain<IWorkerGrain>($"{name}/{i}")).ToArray();
        var next = -1;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(workers.Select((worker, number) => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var index && index < jobs)
            {
                await worker.Run(new JobAttempt(new Job(index, "sleep", "0s", "k"), number, 1, null, false), CancellationToken.None);
            }
        })));
        return jobs / clock.Elapsed.TotalSeconds;
    }
}
