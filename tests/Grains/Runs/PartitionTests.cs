using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;

namespace AsyncTour.Grains.Tests.Runs;

/// <summary>A run divided over partition coordinators behaves as one run.</summary>
public sealed class PartitionTests(SiloFixture silo)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("pool", 5, 2)]
    [InlineData("pool", 3, 3)]
    [InlineData("first-completed", 4, 3)]
    [InlineData("wait-all", null, 4)]
    public async Task Every_job_arrives_once_from_workers_numbered_through(string strategy, int? workers, int partitions)
    {
        var (outcomes, status) = await Run(new RunSpec { Strategy = strategy, MaxWorkers = workers, Partitions = partitions, WarmWorkers = workers ?? 0 }, Jobs("sleep", 40, "1ms"));

        outcomes.Select(o => o.Index).Order().ShouldBe(Enumerable.Range(0, 40));
        outcomes.ShouldAllBe(o => o.Status == JobStatus.Succeeded && o.Value == o.Key && o.Attempt == 1);
        outcomes.Select(o => o.Worker).Distinct().Order().ShouldBe(Enumerable.Range(0, workers ?? 40));
        status.Ledger.ShouldBe(new Ledger(40, 40, 0, 0, 0, 0, 0, 0));
        status.MaxWorkers.ShouldBe(workers ?? 40);
        status.PeakConcurrency.ShouldBeInRange(1, workers ?? 40);
    }

    [Fact]
    public async Task Blocking_jobs_run_under_a_partitioned_executor()
    {
        var (outcomes, _) = await Run(new RunSpec { Strategy = "executor", MaxWorkers = 4, Partitions = 2 }, Jobs("block", 8, "1ms"));

        outcomes.ShouldAllBe(o => o.Status == JobStatus.Succeeded);
    }

    [Fact]
    public async Task A_short_input_is_spread_over_all_workers_and_the_ledger_knows_what_runs()
    {
        var gate = silo.Gates["spread"];
        var run = await Start(new RunSpec { Strategy = "pool", MaxWorkers = 6, Partitions = 3 }, Jobs("gated", 8, "spread"));

        await gate.Arrived(6);

        gate.Arrivals.Order().ShouldBe([0, 1, 2, 3, 4, 5]);
        (await Seen(run, status => status.Ledger.Running == 6)).Ledger.ShouldBe(new Ledger(8, 0, 0, 0, 0, 0, 2, 6));
        gate.Open();
        var status = (await Ended(run)).Status;
        status.PeakConcurrency.ShouldBe(6);
    }

    [Fact]
    public async Task Jobs_of_one_key_run_one_at_a_time_whichever_partition_has_them()
    {
        var gate = silo.Gates["partitioned-per-key"];
        var keys = new[] { "a", "a", "b", "a", "c" };
        var run = await Start(
            new RunSpec { Strategy = "pool", MaxWorkers = 4, Partitions = 2, PerKey = 1 },
            Jobs("gated", 5, "partitioned-per-key").Select(job => job with { Key = keys[job.Index] }));
        await gate.Arrived(3);

        gate.Arrivals.Order().ShouldBe([0, 2, 4]);
        gate.Open();
        var (outcomes, _) = await Ended(run);
        outcomes.Count.ShouldBe(5);
        outcomes.Where(o => o.Index is 1 or 3).ShouldAllBe(o => o.HeldBy == "per-key 1 (a)");
    }

    [Fact]
    public async Task Cancelling_stops_what_runs_and_reports_what_never_started()
    {
        var gate = silo.Gates["partitioned-cancel"];
        var run = await Start(new RunSpec { Strategy = "pool", MaxWorkers = 4, Partitions = 2 }, Jobs("gated", 20, "partitioned-cancel"));
        await gate.Arrived(4);

        await run.CancelAsync("enough");

        var (outcomes, status) = await Ended(run);
        outcomes.Select(o => o.Index).Order().ShouldBe(Enumerable.Range(0, 20));
        status.Ledger.ShouldBe(new Ledger(20, 0, 0, 4, 0, 0, 16, 0));
        outcomes.Where(o => o.Status == JobStatus.Cancelled).ShouldAllBe(o => o.Error == "stopped: enough");
        outcomes.Where(o => o.Status == JobStatus.NotStarted).ShouldAllBe(o => o.Error == "not started: enough");
    }

    [Fact]
    public async Task A_stubborn_job_keeps_its_slot_and_the_run_waits_for_it()
    {
        var gate = silo.Gates["partitioned-stubborn"];
        var run = await Start(new RunSpec { Strategy = "pool", MaxWorkers = 2, Partitions = 2 }, Jobs("stubborn", 1, "partitioned-stubborn"));
        await gate.Arrived(1);

        (await run.CancelAsync("enough"))!.State.ShouldBe(RunState.Stopping);
        await gate.Told;
        (await run.StatusAsync())!.State.ShouldBe(RunState.Stopping);
        gate.Open();

        (await Ended(run)).Status.Ledger.Cancelled.ShouldBe(1);
    }

    [Theory]
    [InlineData(0, "stopped: not needed")]
    [InlineData(2, "stopped before it started: not needed")]
    [InlineData(9, "stopped before it started: not needed")]
    public async Task One_job_can_be_stopped_running_dealt_or_not_dealt_yet(int index, string error)
    {
        var name = $"partitioned-stop-{index}";
        var run = await Start(new RunSpec { Strategy = "pool", MaxWorkers = 2, Partitions = 2 }, Jobs("gated", 10, name));
        await silo.Gates[name].Arrived(2);

        (await silo.Promises.Find<string>($"{run.Id}/{index}").CancelAsync("not needed", Stop)).ShouldBeTrue();

        silo.Gates[name].Open();
        var (outcomes, status) = await Ended(run);
        outcomes.Single(o => o.Index == index).Error.ShouldBe(error);
        status.Ledger.ShouldBe(new Ledger(10, 9, 0, 1, 0, 0, 0, 0));
    }

    [Fact]
    public async Task A_job_is_looked_at_wherever_it_is()
    {
        var gate = silo.Gates["partitioned-look"];
        var run = await Start(new RunSpec { Strategy = "pool", MaxWorkers = 2, Partitions = 2 }, Jobs("gated", 10, "partitioned-look"));
        await gate.Arrived(2);
        var grain = silo.Grains.GetGrain<IRunGrain>(run.Id);

        foreach (var (index, status) in ((int, JobStatus)[])[(0, JobStatus.Running), (1, JobStatus.Running), (2, JobStatus.NotStarted), (9, JobStatus.NotStarted)])
        {
            var look = await grain.Look(index, TimeSpan.Zero);
            (look.Outcome.Status, look.Outcome.Key).ShouldBe((status, $"{index}"));
        }

        gate.Open();
        (await Ended(run)).Status.Ledger.Succeeded.ShouldBe(10);
    }

    [Fact]
    public async Task Failures_goals_and_time_limits_are_the_whole_runs()
    {
        var failFast = await Run(
            new RunSpec { Strategy = "pool", MaxWorkers = 2, Partitions = 2, OnError = "fail-fast" },
            Jobs("gated", 9, "partitioned-fail").Select(job => job.Index == 1 ? job with { Kind = "fail", Argument = "no luck" } : job));
        failFast.Status.StopReason.ShouldBe("fail-fast: job 1 failed with: no luck");
        failFast.Status.Ledger.Failed.ShouldBe(1);

        var until = await Run(new RunSpec { Strategy = "pool", MaxWorkers = 2, Partitions = 2, Until = "3" }, Jobs("sleep", 30, "1ms"));
        until.Status.IsGoalMet.ShouldBeTrue();
        until.Status.Ledger.Succeeded.ShouldBeGreaterThanOrEqualTo(3);
        until.Status.Ledger.NotStarted.ShouldBeGreaterThan(0);

        var timeout = await Run(new RunSpec { Strategy = "pool", MaxWorkers = 2, Partitions = 2, Timeout = TimeSpan.FromMilliseconds(100) }, Jobs("gated", 9, "partitioned-timeout"));
        timeout.Status.Ledger.ShouldBe(new Ledger(9, 0, 0, 0, 2, 0, 7, 0));

        var jobTimeout = await Run(new RunSpec { Strategy = "pool", MaxWorkers = 2, Partitions = 2, JobTimeout = TimeSpan.FromMilliseconds(20) }, Jobs("gated", 4, "partitioned-job-timeout"));
        jobTimeout.Status.Ledger.TimedOut.ShouldBe(4);

        var retried = await Run(new RunSpec { Strategy = "pool", MaxWorkers = 2, Partitions = 2, Retries = 2 }, Jobs("flaky", 2, "2").Select(job => job with { Key = $"partitioned {job.Index}" }));
        retried.Outcomes.ShouldAllBe(o => o.Status == JobStatus.Succeeded && o.Attempt == 3);
    }

    [Theory]
    [InlineData("pool", 3, 4, "partitions is 4; each needs a worker of its own, so with 3 workers 1 to 3 are allowed")]
    [InlineData("pool", 3, 0, "partitions is 0; each needs a worker of its own, so with 3 workers 1 to 3 are allowed")]
    [InlineData("sequential", 3, 2, "partitions is 2; each needs a worker of its own, so with 1 worker only 1 is allowed")]
    [InlineData("wait-all", null, 1001, "partitions is 1001; each needs a worker of its own, so with a worker for each job 1 to 1000 are allowed")]
    public void More_partitions_than_workers_are_refused(string strategy, int? workers, int partitions, string sentence) =>
        RunRules.Refuse(new RunSpec { Strategy = strategy, MaxWorkers = workers, Partitions = partitions }).ShouldBe(sentence);

    private static IEnumerable<Job> Jobs(string kind, int count, string argument) =>
        Enumerable.Range(0, count).Select(i => new Job(i, kind, argument, $"{i}"));

    private async Task<(List<Outcome> Outcomes, RunStatus Status)> Run(RunSpec spec, IEnumerable<Job> jobs) => await Ended(await Start(spec, jobs));

    private Task<RunHandle> Start(RunSpec spec, IEnumerable<Job> jobs) => silo.Runs.StartAsync(silo.NewRunId(), spec, jobs.ToAsyncEnumerable(), Stop);

    private static async Task<(List<Outcome> Outcomes, RunStatus Status)> Ended(RunHandle run)
    {
        var outcomes = await run.ReadAsync(cancellationToken: Stop).ToListAsync(Stop);
        return (outcomes, (await run.StatusAsync())!);
    }

    /// <summary>The coordinator hears from its partitions a little later than the jobs begin.</summary>
    private static async Task<RunStatus> Seen(RunHandle run, Predicate<RunStatus> wanted)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        RunStatus status;
        do
        {
            patience.Token.ThrowIfCancellationRequested();
            status = (await run.StatusAsync())!;
        }
        while (!wanted(status));
        return status;
    }
}
