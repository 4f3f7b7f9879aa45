using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;

namespace AsyncTour.Grains.Tests.Runs;

/// <summary>
/// Whoever feeds a run may vanish before its input is sealed. Leases here are short in real time; the tests wait for what
/// they bring about.
/// </summary>
public sealed class InputLeaseTests(SiloFixture silo)
{
    private static readonly RunSpec Pool = new() { Strategy = "pool", MaxWorkers = 2, InputLease = TimeSpan.FromMilliseconds(50) };

    [Fact]
    public async Task A_run_whose_client_is_lost_ends_its_jobs_and_says_why()
    {
        var run = await AbandonedAsync(Pool, jobs: 3);

        var outcomes = await OutcomesAsync(run);

        outcomes.ShouldAllBe(static o => o.Status == JobStatus.Succeeded);
        var status = (await run.StatusAsync())!;
        status.State.ShouldBe(RunState.Ended);
        status.Ledger.Succeeded.ShouldBe(3);
        status.StopReason.ShouldBeNull("nobody stopped it");
        status.InputLoss.ShouldBe("its client was lost before the input ended; 3 jobs were given");
    }

    [Fact]
    public async Task A_client_that_comes_back_too_late_is_told_that_nothing_more_is_wanted()
    {
        var id = silo.NewRunId();
        var gate = silo.Gates["too-late"];
        var grain = silo.Grains.GetGrain<IRunGrain>(id);
        await grain.Start(Pool, [new Job(0, "gated", "too-late", "0")], isSealed: false);
        await LossAsync(grain);

        (await grain.Append([new Job(1, "sleep", "0s", "1")], TimeSpan.Zero)).ShouldBe(IRunGrain.WantsNoMore);
        await grain.Seal();

        gate.Open();
        (await OutcomesAsync(silo.Runs.Find(id))).ShouldHaveSingleItem();
        (await grain.Status())!.InputLoss.ShouldBe("its client was lost before the input ended; 1 job was given");
    }

    [Fact]
    public async Task A_run_with_its_whole_input_never_waits_for_anybody()
    {
        var id = silo.NewRunId();
        var gate = silo.Gates["sealed"];
        var grain = silo.Grains.GetGrain<IRunGrain>(id);
        await grain.Start(Pool, [new Job(0, "gated", "sealed", "0")], isSealed: true);
        var left = await AbandonedAsync(Pool, jobs: 1);
        await OutcomesAsync(left);

        // By now a lease of this length has lapsed for another run.
        (await grain.Status())!.InputLoss.ShouldBeNull();
        gate.Open();
        (await OutcomesAsync(silo.Runs.Find(id))).ShouldHaveSingleItem().Status.ShouldBe(JobStatus.Succeeded);
        (await grain.Status())!.InputLoss.ShouldBeNull();
    }

    [Fact]
    public async Task A_quiet_input_is_not_waited_for_once_the_run_has_ended()
    {
        var run = await silo.Runs.StartAsync(silo.NewRunId(), Pool with { InputLease = null }, Quiet(new TaskCompletionSource().Task), TestContext.Current.CancellationToken);

        await run.CancelAsync("enough");
        await OutcomesAsync(run);

        await run.Feeding.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_lease_of_no_length_is_refused() =>
        (await Should.ThrowAsync<RefusedException>(() => AbandonedAsync(Pool with { InputLease = TimeSpan.Zero }, jobs: 1)))
            .Message.ShouldBe("an input lease must be longer than zero; null waits for ever");

    // A client that starts a run and is not heard of again.
    private async Task<RunHandle> AbandonedAsync(RunSpec spec, int jobs)
    {
        var id = silo.NewRunId();
        await silo.Grains.GetGrain<IRunGrain>(id).Start(spec, [.. Enumerable.Range(0, jobs).Select(static i => new Job(i, "sleep", "0s", $"{i}"))], isSealed: false);
        return silo.Runs.Find(id);
    }

    private static async Task LossAsync(IRunGrain run)
    {
        while ((await run.Status())!.InputLoss is null)
        {
            await run.Read(0, 1, TimeSpan.FromMilliseconds(20));
        }
    }

    private static async IAsyncEnumerable<Job> Quiet(Task until)
    {
        yield return new Job(0, "sleep", "0s", "0");
        await until;
        yield return new Job(1, "sleep", "0s", "1");
    }

    private static async Task<List<Outcome>> OutcomesAsync(RunHandle run) =>
        await run.ReadAsync(cancellationToken: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
}
