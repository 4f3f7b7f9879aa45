using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;

namespace AsyncTour.Grains.Tests.Runs;

public sealed class PolicyTests(SiloFixture silo)
{
    [Fact]
    public async Task Fail_fast_stops_what_runs_and_starts_nothing_more()
    {
        var jobs = Jobs("gated", 5, "fail-fast").Select(job => job.Index == 1 ? job with { Kind = "fail", Argument = "no luck" } : job);

        var (outcomes, status) = await Run(new RunSpec { Strategy = "pool", MaxWorkers = 2, OnError = "fail-fast" }, jobs);

        outcomes.Single(o => o.Status == JobStatus.Failed).Index.ShouldBe(1);
        outcomes.Where(o => o.Status is JobStatus.Cancelled or JobStatus.NotStarted).Count().ShouldBe(4);
        status.StopReason.ShouldBe("fail-fast: job 1 failed with: no luck");
    }

    [Fact]
    public async Task Stop_after_two_takes_one_failure_in_its_stride()
    {
        var (outcomes, status) = await Run(
            new RunSpec { Strategy = "sequential", OnError = "stop:2" },
            Jobs("sleep", 5, "0s").Select(job => job.Index is 1 or 3 ? job with { Kind = "fail" } : job));

        outcomes.Select(o => o.Status).ShouldBe(
            [JobStatus.Succeeded, JobStatus.Failed, JobStatus.Succeeded, JobStatus.Failed, JobStatus.NotStarted]);
        status.Ledger.NotStarted.ShouldBe(1);
    }

    [Fact]
    public async Task A_job_that_fails_is_tried_again()
    {
        var (outcomes, _) = await Run(new RunSpec { Strategy = "pool", MaxWorkers = 1, Retries = 2 }, Jobs("flaky", 1, "2"));

        outcomes.Single().Status.ShouldBe(JobStatus.Succeeded);
        outcomes.Single().Attempt.ShouldBe(3);
    }

    [Fact]
    public async Task A_job_that_fails_more_often_than_it_may_has_failed()
    {
        var (outcomes, _) = await Run(new RunSpec { Strategy = "pool", MaxWorkers = 1, Retries = 1 }, Jobs("flaky", 1, "5"));

        outcomes.Single().Status.ShouldBe(JobStatus.Failed);
        outcomes.Single().Attempt.ShouldBe(2);
    }

    [Fact]
    public async Task Once_enough_have_succeeded_the_rest_is_not_run()
    {
        var (outcomes, status) = await Run(new RunSpec { Strategy = "sequential", Until = "3" }, Jobs("sleep", 10, "0s"));

        outcomes.Count(o => o.Status == JobStatus.Succeeded).ShouldBe(3);
        outcomes.Count(o => o.Status == JobStatus.NotStarted).ShouldBe(7);
        status.IsGoalMet.ShouldBeTrue();
    }

    [Fact]
    public async Task Half_of_a_sealed_input_is_half_of_all_jobs()
    {
        var (outcomes, _) = await Run(new RunSpec { Strategy = "sequential", Until = "50%" }, Jobs("sleep", 10, "0s"));

        outcomes.Count(o => o.Status == JobStatus.Succeeded).ShouldBe(5);
    }

    [Fact]
    public async Task Jobs_of_one_key_run_one_at_a_time_while_others_pass()
    {
        var gate = silo.Gates["per-key"];
        var keys = new[] { "a", "a", "b", "a", "c" };
        var run = await silo.Runs.StartAsync(
            silo.NewRunId(),
            new RunSpec { Strategy = "pool", MaxWorkers = 4, PerKey = 1 },
            Jobs("gated", 5, "per-key").Select(job => job with { Key = keys[job.Index] }).ToAsyncEnumerable(),
            TestContext.Current.CancellationToken);
        await gate.Arrived(3);

        gate.Arrivals.Order().ShouldBe([0, 2, 4]);
        gate.Open();
        var outcomes = await run.ReadAsync(cancellationToken: TestContext.Current.CancellationToken).ToListAsync();
        outcomes.Count.ShouldBe(5);
        outcomes.Where(o => o.Index is 1 or 3).ShouldAllBe(o => o.HeldBy == "per-key 1 (a)");
    }

    [Fact]
    public async Task A_rate_holds_starts_back_and_says_so()
    {
        var (outcomes, status) = await Run(new RunSpec { Strategy = "pool", MaxWorkers = 10, Rate = "2/s" }, Jobs("sleep", 3, "0s"));

        outcomes.Single(o => o.Index == 2).HeldBy.ShouldBe("rate 2/s");
        status.Wall.ShouldBeGreaterThan(TimeSpan.FromSeconds(0.9));
    }

    [Fact]
    public async Task Jobs_that_a_limit_still_holds_when_the_run_stops_are_reported()
    {
        var gate = silo.Gates["held"];
        var run = await silo.Runs.StartAsync(
            silo.NewRunId(),
            new RunSpec { Strategy = "pool", MaxWorkers = 4, PerKey = 1 },
            Jobs("gated", 6, "held").Select(job => job with { Key = "same" }).ToAsyncEnumerable(),
            TestContext.Current.CancellationToken);
        await gate.Arrived(1);

        await run.CancelAsync("enough");

        var outcomes = await run.ReadAsync(cancellationToken: TestContext.Current.CancellationToken).ToListAsync();
        outcomes.Count(o => o.Status == JobStatus.NotStarted).ShouldBe(5);
        outcomes.Select(o => o.Index).Order().ShouldBe(Enumerable.Range(0, 6));
    }

    [Theory]
    [InlineData("sometimes", null, null, "'sometimes' is no error policy")]
    [InlineData("collect", "fast", null, "'fast' is no rate")]
    [InlineData("collect", null, "200%", "'200%' is not an amount of jobs")]
    public void A_policy_that_means_nothing_is_refused(string onError, string? rate, string? until, string sentence) =>
        RunRules.Refuse(new RunSpec { Strategy = "pool", OnError = onError, Rate = rate, Until = until })!.ShouldContain(sentence);

    private static IEnumerable<Job> Jobs(string kind, int count, string argument) =>
        Enumerable.Range(0, count).Select(i => new Job(i, kind, argument, $"{i}"));

    private async Task<(List<Outcome> Outcomes, RunStatus Status)> Run(RunSpec spec, IEnumerable<Job> jobs)
    {
        var run = await silo.Runs.StartAsync(silo.NewRunId(), spec, jobs.ToAsyncEnumerable(), TestContext.Current.CancellationToken);
        var outcomes = await run.ReadAsync(cancellationToken: TestContext.Current.CancellationToken).ToListAsync();
        return (outcomes, (await run.StatusAsync())!);
    }
}
