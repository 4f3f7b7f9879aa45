using AsyncTour.Concurrency.Futures;
using AsyncTour.Concurrency.Waiting;
using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Promises;
using AsyncTour.Grains.Runs;

namespace AsyncTour.Grains.Tests.Promises;

/// <summary>Every job of a run is a promise, <c>{run}/{index}</c>.</summary>
public sealed class JobPromiseTests(SiloFixture silo)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_jobs_value_can_be_awaited_from_anywhere()
    {
        var run = await Start("pool", 2, Jobs("gated", 3, "job-values"));
        var waiting = silo.Promises.Find<string>($"{run.Id}/2").WaitAsync(Stop);
        (await silo.Promises.Find<string>($"{run.Id}/2").StatusAsync(Stop))!.State.ShouldBe(PromiseState.Pending);
        await silo.Gates["job-values"].Arrived(2);
        (await silo.Promises.Find<string>($"{run.Id}/0").StatusAsync(Stop))!.State.ShouldBe(PromiseState.Running);

        silo.Gates["job-values"].Open();

        var status = await waiting;
        (status.State, status.Value).ShouldBe((PromiseState.Done, "\"2\""));
        status.SettledBy!.ShouldStartWith("worker ");
        (await silo.Promises.Find<string>($"{run.Id}/0")).ShouldBe("0");
        (await silo.Promises.Find<int>($"{run.Id}/1")).ShouldBe(1);
    }

    [Fact]
    public async Task A_jobs_failure_is_thrown()
    {
        var run = await Start("pool", 1, [new Job(0, "fail", "no luck", "0")]);

        (await Should.ThrowAsync<PromiseFailedException>(async () => await silo.Promises.Find<string>($"{run.Id}/0"))).Message.ShouldBe("no luck");
    }

    [Fact]
    public async Task Cancelling_answers_when_the_job_has_stopped_and_the_others_go_on()
    {
        var gate = silo.Gates["job-cancel"];
        var run = await Start("pool", 2, [new Job(0, "stubborn", "job-cancel", "0"), .. Jobs("sleep", 3, "0s").Skip(1)]);
        await gate.Arrived(1);
        var promise = silo.Promises.Find<string>($"{run.Id}/0");

        var cancelling = promise.CancelAsync("not needed", Stop);
        await gate.Told;
        await silo.Promises.Find<string>($"{run.Id}/2");
        cancelling.IsCompleted.ShouldBeFalse();
        gate.Open();

        (await cancelling).ShouldBeTrue();
        (await promise.StatusAsync(Stop))!.Error.ShouldBe("stopped: not needed");
        (await promise.CancelAsync("again", Stop)).ShouldBeFalse();
        var ledger = await LedgerOf(run);
        ledger.ShouldBe(new Ledger(3, 2, 0, 1, 0, 0, 0, 0));
    }

    [Fact]
    public async Task A_job_that_has_not_started_never_does()
    {
        var gate = silo.Gates["job-strike"];
        var run = await Start("pool", 1, Jobs("gated", 3, "job-strike"));
        await gate.Arrived(1);

        (await silo.Promises.Find<string>($"{run.Id}/1").CancelAsync(cancellationToken: Stop)).ShouldBeTrue();
        gate.Open();

        var ledger = await LedgerOf(run);
        ledger.ShouldBe(new Ledger(3, 2, 0, 1, 0, 0, 0, 0));
        gate.Arrivals.ShouldBe([0, 2]);
    }

    [Fact]
    public async Task What_cannot_be_done_to_a_job_is_refused()
    {
        var run = await Start("pool", 1, Jobs("sleep", 2, "0s"));

        (await Should.ThrowAsync<RefusedException>(() => silo.Promises.Find<string>($"{run.Id}/0").SetResultAsync("mine", Stop)))
            .Message.ShouldBe($"'{run.Id}/0' is a job's promise, which its worker settles; it can be awaited and cancelled");
        (await Should.ThrowAsync<RefusedException>(() => silo.Promises.Find<string>($"{run.Id}/2").WaitAsync(Stop)))
            .Message.ShouldBe($"the run '{run.Id}' has 2 jobs, and so no job 2; they count from 0");
        (await Should.ThrowAsync<RefusedException>(() => silo.Promises.Find<string>("no-run/2").WaitAsync(Stop)))
            .Message.ShouldBe("there is no run 'no-run'");
    }

    [Fact]
    public async Task Promises_jobs_and_local_futures_wait_side_by_side()
    {
        var run = await Start("pool", 1, Jobs("sleep", 1, "0s"));
        var promise = await silo.Promises.CreateAsync<string>(cancellationToken: Stop);
        var local = new Future<string>();
        Future<string>[] mixed = [promise.AsFuture(), silo.Promises.Find<string>($"{run.Id}/0").AsFuture(), local];

        var first = await Asyncio.Wait(mixed, ReturnWhen.FirstCompleted);
        first.Done.ShouldBe([mixed[1]]);
        await promise.SetResultAsync("promised", Stop);
        var completed = new List<string>();
        await foreach (var future in Asyncio.AsCompleted(mixed, cancellation: Stop))
        {
            completed.Add(future.Result);
            if (completed.Count == 2)
            {
                local.SetResult("local");
            }
        }

        completed.Order().ShouldBe(["0", "local", "promised"]);
        (await Asyncio.Gather(mixed)).ShouldBe(["promised", "0", "local"]);
    }

    private async Task<RunHandle> Start(string strategy, int workers, IEnumerable<Job> jobs) =>
        await silo.Runs.StartAsync(silo.NewRunId(), new RunSpec { Strategy = strategy, MaxWorkers = workers }, jobs.ToAsyncEnumerable(), Stop);

    private static IEnumerable<Job> Jobs(string kind, int count, string argument) =>
        Enumerable.Range(0, count).Select(i => new Job(i, kind, argument, $"{i}"));

    private static async Task<Ledger> LedgerOf(RunHandle run)
    {
        await run.ReadAsync(cancellationToken: Stop).CountAsync(Stop);
        return (await run.StatusAsync())!.Ledger;
    }
}
