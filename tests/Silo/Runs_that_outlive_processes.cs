using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;
using AsyncTour.Silo.Tests.Support;
using AsyncTour.Tracing.Analysis;
using AsyncTour.Tracing.Reading;

namespace AsyncTour.Silo.Tests;

public sealed class Runs_that_outlive_processes
{
    private const int Count = 100;

    [Fact]
    public async Task A_run_goes_on_when_its_client_is_gone_and_another_reads_every_outcome()
    {
        Rounds.NeedAFolder();
        using var folder = new StateFolder();
        await using var silo = await SiloProcess.StartAsync(folder.Path);
        await using (var first = await SiloClient.ConnectAsync(silo))
        {
            var run = await first.Runs.StartAsync("left", Jobs.Pool, Jobs.Sleeps(Count, "20ms"));
            await run.Feeding;
            await run.FirstAsync(10);
        }

        await using var second = await SiloClient.ConnectAsync(silo);
        var left = second.Runs.Find("left");
        ShouldBeWhole(await left.AllAsync(), await left.StatusAsync());
    }

    [Fact]
    public async Task A_run_whose_silo_is_killed_goes_on_by_itself_when_the_silo_is_back_and_every_job_ends_once()
    {
        Rounds.NeedAFolder();
        var again = 0;
        for (var round = 0; round < Rounds.Kills; round++)
            again += await KillInTheMiddleAsync(3 + (round * 17 % 80), partitions: round % 2 == 0 ? 1 : 3);

        // Those that were on a worker when it died; a kill between two jobs may find none, several kills find some.
        again.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_silo_killed_twice_in_one_run_still_ends_it()
    {
        Rounds.NeedAFolder();
        using var folder = new StateFolder();
        foreach (var seen in (int[])[20, 60])
        {
            await using var silo = await SiloProcess.StartAsync(folder.Path);
            await using var client = await SiloClient.ConnectAsync(silo);
            var run = await client.Runs.StartAsync("twice", Jobs.Pool, Jobs.Sleeps(Count, "20ms"));
            await run.FirstAsync(seen);
            await silo.KillAsync();
        }

        await using var last = await SiloProcess.StartAsync(folder.Path);
        await using var reader = await SiloClient.ConnectAsync(last);
        ShouldBeWhole(await reader.Runs.Find("twice").AllAsync(), await reader.Runs.Find("twice").StatusAsync());
    }

    // Answers how many jobs needed a second attempt.
    private static async Task<int> KillInTheMiddleAsync(int seen, int partitions)
    {
        using var folder = new StateFolder();
        List<Outcome> read;
        await using (var silo = await SiloProcess.StartAsync(folder.Path))
        {
            await using var client = await SiloClient.ConnectAsync(silo);
            var run = await client.Runs.StartAsync("killed", Jobs.Pool with { Partitions = partitions }, Jobs.Sleeps(Count, "20ms"));
            await run.Feeding;
            read = await run.FirstAsync(seen);
            await silo.KillAsync();
        }

        await using var next = await SiloProcess.StartAsync(folder.Path);
        await using var reader = await SiloClient.ConnectAsync(next);
        (await reader.EndedByItselfAsync("killed")).Ledger!.Value.Succeeded.ShouldBe(Count);
        var killed = reader.Runs.Find("killed");
        var outcomes = await killed.AllAsync();
        ShouldBeWhole(outcomes, await killed.StatusAsync());
        outcomes.Take(read.Count).ShouldBe(read, "what a reader has seen stays as it was");
        outcomes.ShouldAllBe(o => o.Attempt == 1 || o.Attempt == 2);
        var trace = (await killed.StatusAsync())!.TraceId!;
        await next.TerminateAsync();
        Audit.Of(new TraceFolder(Path.Combine(folder.Path, "traces")).Find(trace)).Breaches.ShouldBeEmpty();
        return outcomes.Count(o => o.Attempt == 2);
    }

    private static void ShouldBeWhole(List<Outcome> outcomes, RunStatus? status)
    {
        outcomes.Select(o => o.Index).Order().ShouldBe(Enumerable.Range(0, Count));
        outcomes.ShouldAllBe(o => o.Status == JobStatus.Succeeded);
        status!.State.ShouldBe(RunState.Ended);
        status.Ledger.Balances.ShouldBeTrue();
        status.Ledger.Succeeded.ShouldBe(Count);
    }
}
