using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;

namespace AsyncTour.Grains.Tests.Runs;

public sealed class RunTests(SiloFixture silo)
{
    public static TheoryData<string> Strategies => ["sequential", "wait-all", "first-completed", "pool"];

    [Theory, MemberData(nameof(Strategies))]
    public async Task Every_job_of_every_strategy_arrives_with_its_value(string strategy)
    {
        var run = await Start(new RunSpec { Strategy = strategy, MaxWorkers = 3 }, Sleeps(10, "1ms"));

        var outcomes = await Outcomes(run);
        outcomes.Select(o => o.Index).Order().ShouldBe(Enumerable.Range(0, 10));
        outcomes.ShouldAllBe(o => o.Status == JobStatus.Succeeded && o.Value == o.Key && o.Attempt == 1 && o.Silo == "silo-0");
        var status = await EndOf(run);
        status.Ledger.ShouldBe(new Ledger(10, 10, 0, 0, 0, 0, 0, 0));
        status.State.ShouldBe(RunState.Ended);
        status.StopReason.ShouldBeNull();
    }

    [Fact]
    public async Task Blocking_jobs_run_under_the_executor()
    {
        var run = await Start(new RunSpec { Strategy = "executor", MaxWorkers = 4 }, Jobs("block", 8, "1ms"));

        (await Outcomes(run)).ShouldAllBe(o => o.Status == JobStatus.Succeeded);
        (await EndOf(run)).PeakConcurrency.ShouldBe(4);
    }

    [Fact]
    public async Task A_pool_of_three_starts_three_jobs_in_input_order_and_no_fourth()
    {
        var gate = silo.Gates["three"];
        var run = await Start(new RunSpec { Strategy = "pool", MaxWorkers = 3 }, Jobs("gated", 10, "three"));
        await gate.Arrived(3);

        var under_way = (await run.StatusAsync())!;
        under_way.Ledger.ShouldBe(new Ledger(10, 0, 0, 0, 0, 0, 7, 3));
        gate.Arrivals.Order().ShouldBe([0, 1, 2]);

        gate.Open();
        await Outcomes(run);
        (await EndOf(run)).PeakConcurrency.ShouldBe(3);
    }

    [Fact]
    public async Task A_failure_loses_no_other_outcome()
    {
        var jobs = Jobs("sleep", 5, "1ms").Select(job => job.Index == 2 ? job with { Kind = "fail", Argument = "no luck" } : job);
        var run = await Start(new RunSpec { Strategy = "pool", MaxWorkers = 2 }, jobs);

        var outcomes = await Outcomes(run);
        outcomes.Count(o => o.Status == JobStatus.Succeeded).ShouldBe(4);
        var failed = outcomes.Single(o => o.Status == JobStatus.Failed);
        failed.Index.ShouldBe(2);
        failed.Error.ShouldBe("no luck");
    }

    [Fact]
    public async Task Cancelling_stops_running_jobs_and_reports_those_that_never_started()
    {
        var run = await Start(new RunSpec { Strategy = "pool", MaxWorkers = 2 }, Jobs("gated", 5, "cancelled"));
        await silo.Gates["cancelled"].Arrived(2);

        await run.CancelAsync("the user said so");

        var outcomes = await Outcomes(run);
        outcomes.Count(o => o.Status == JobStatus.Cancelled).ShouldBe(2);
        outcomes.Count(o => o.Status == JobStatus.NotStarted).ShouldBe(3);
        outcomes.ShouldAllBe(o => o.Error!.EndsWith("the user said so"));
        var status = await EndOf(run);
        status.Ledger.ShouldBe(new Ledger(5, 0, 0, 2, 0, 0, 3, 0));
        status.StopReason.ShouldBe("the user said so");
    }

    [Fact]
    public async Task A_job_that_ignores_its_cancellation_keeps_its_worker_until_it_stops()
    {
        var gate = silo.Gates["stubborn"];
        var run = await Start(new RunSpec { Strategy = "pool", MaxWorkers = 1 }, Jobs("stubborn", 2, "stubborn"));
        await gate.Arrived(1);

        var status = await run.CancelAsync("enough");
        status!.State.ShouldBe(RunState.Stopping);
        await gate.Told;
        (await run.StatusAsync())!.Ledger.Running.ShouldBe(1);

        gate.Open();
        (await Outcomes(run)).Single(o => o.Index == 0).Status.ShouldBe(JobStatus.Cancelled);
        (await EndOf(run)).Ledger.Running.ShouldBe(0);
    }

    [Fact]
    public async Task The_runs_timeout_reports_what_was_done_and_what_was_pending()
    {
        var jobs = Jobs("gated", 4, "timeout").Select(job => job.Index == 0 ? job with { Kind = "sleep", Argument = "0s" } : job);
        var run = await Start(new RunSpec { Strategy = "pool", MaxWorkers = 2, Timeout = TimeSpan.FromMilliseconds(50) }, jobs);

        var outcomes = await Outcomes(run);
        outcomes.Single(o => o.Status == JobStatus.Succeeded).Index.ShouldBe(0);
        outcomes.Where(o => o.Status == JobStatus.TimedOut).Select(o => o.Index).Order().ShouldBe([1, 2]);
        outcomes.Single(o => o.Status == JobStatus.NotStarted).Index.ShouldBe(3);
        (await EndOf(run)).StopReason.ShouldBe("the run's timeout of 50ms passed");
    }

    [Fact]
    public async Task A_jobs_own_timeout_stops_that_job_alone()
    {
        var jobs = Jobs("sleep", 3, "0s").Select(job => job.Index == 1 ? job with { Kind = "gated", Argument = "job-timeout" } : job);
        var run = await Start(new RunSpec { Strategy = "sequential", JobTimeout = TimeSpan.FromMilliseconds(20) }, jobs);

        var outcomes = await Outcomes(run);
        outcomes.Select(o => o.Status).ShouldBe([JobStatus.Succeeded, JobStatus.TimedOut, JobStatus.Succeeded]);
        outcomes[1].Error.ShouldBe("ran longer than its timeout of 20ms");
    }

    [Fact]
    public async Task Starting_a_run_twice_changes_nothing()
    {
        var grain = silo.Grains.GetGrain<IRunGrain>(silo.NewRunId());
        var spec = new RunSpec { Strategy = "pool", MaxWorkers = 1 };

        await grain.Start(spec, [.. Sleeps(2, "0s")], isSealed: true);
        var again = await grain.Start(spec, [.. Sleeps(7, "0s")], isSealed: true);

        again.Ledger.Submitted.ShouldBe(2);
    }

    [Fact]
    public async Task A_cursor_never_skips_and_never_repeats()
    {
        var grain = silo.Grains.GetGrain<IRunGrain>(silo.NewRunId());
        await grain.Start(new RunSpec { Strategy = "pool", MaxWorkers = 4 }, [.. Sleeps(50, "1ms")], isSealed: true);

        var seen = new List<int>();
        OutcomePage page;
        var cursor = 0;
        do
        {
            page = await grain.Read(cursor, 3, TimeSpan.FromSeconds(5));
            seen.AddRange(page.Outcomes.Select(o => o.Index));
            cursor = page.Next;
        }
        while (!page.IsLast);

        seen.Count.ShouldBe(50);
        seen.Order().ShouldBe(Enumerable.Range(0, 50));
        (await grain.Read(10, 3, TimeSpan.Zero)).Outcomes.Select(o => o.Index).ShouldBe(seen.Skip(10).Take(3));
    }

    [Fact]
    public async Task A_long_input_is_pulled_no_faster_than_the_run_takes_it()
    {
        var pulled = 0;
        async IAsyncEnumerable<Job> Endless()
        {
            for (var i = 0; ; i++)
            {
                pulled++;
                yield return new Job(i, "gated", "lazy", "k");
                await Task.CompletedTask;
            }
        }

        var run = await silo.Runs.StartAsync(silo.NewRunId(), new RunSpec { Strategy = "pool", MaxWorkers = 2 }, Endless(), TestContext.Current.CancellationToken);
        await silo.Gates["lazy"].Arrived(2);

        // The buffer fills, and then an append comes back without having been taken.
        var before = (await run.StatusAsync())!.Ledger.Submitted;
        pulled.ShouldBeLessThan(20_000);
        before.ShouldBeLessThanOrEqualTo(pulled);

        await run.CancelAsync("seen enough");
        await run.Feeding;
        await Outcomes(run);
        (await EndOf(run)).Ledger.Balances.ShouldBeTrue();
    }

    private async Task<RunHandle> Start(RunSpec spec, IEnumerable<Job> jobs) =>
        await silo.Runs.StartAsync(silo.NewRunId(), spec, jobs.ToAsyncEnumerable(), TestContext.Current.CancellationToken);

    private static IEnumerable<Job> Sleeps(int count, string duration) => Jobs("sleep", count, duration);

    private static IEnumerable<Job> Jobs(string kind, int count, string argument) =>
        Enumerable.Range(0, count).Select(i => new Job(i, kind, argument, $"{i}"));

    private static async Task<List<Outcome>> Outcomes(RunHandle run) =>
        await run.ReadAsync(cancellationToken: TestContext.Current.CancellationToken).ToListAsync();

    private static async Task<RunStatus> EndOf(RunHandle run)
    {
        var status = (await run.StatusAsync())!;
        status.Ledger.Balances.ShouldBeTrue();
        return status;
    }
}
