using AsyncTour.Concurrency.Limits;
using AsyncTour.Concurrency.Pools;
using AsyncTour.Concurrency.Tests.Turns;

namespace AsyncTour.Concurrency.Tests.Pools;

public sealed class PoolPolicyTests
{
    [Fact]
    public void fail_fast_stops_the_siblings_and_still_tells_every_outcome() => TurnScheduler.Run(async turn =>
    {
        await using var pool = new PoolExecutor(3, new PoolOptions { OnError = ErrorPolicy.FailFast });

        List<Outcome<int, int>> outcomes = await pool.Map(Enumerable.Range(0, 10), SlowButFailingAt(turn, 1)).CollectAsync();

        outcomes.Select(outcome => outcome.Status).ShouldBe([JobStatus.Cancelled, JobStatus.Failed, JobStatus.Cancelled]);
        pool.Statistics.Running.ShouldBe(0);
    });

    [Fact]
    public void stopping_after_two_failures_lets_one_pass() => TurnScheduler.Run(async _ =>
    {
        await using var pool = new PoolExecutor(1, new PoolOptions { OnError = ErrorPolicy.StopAfter(2) });

        List<Outcome<int, int>> outcomes = await pool.Map(
            Enumerable.Range(0, 10),
            (job, _) => job % 3 == 1 ? throw new IOException() : new ValueTask<int>(job)).CollectAsync();

        outcomes.Count(outcome => outcome.Status == JobStatus.Failed).ShouldBe(2);
        outcomes.Count.ShouldBe(5);
    });

    [Theory, InlineData("3", 3), InlineData("50%", 5)]
    public void enough_successes_cancel_the_rest(string until, int successes) => TurnScheduler.Run(async turn =>
    {
        Until.TryParse(until, out Until? enough, out _).ShouldBeTrue();
        await using var pool = new PoolExecutor(4, new PoolOptions { Until = enough });

        List<Outcome<int, int>> outcomes = await pool.MapUnordered(Enumerable.Range(0, 10).ToArray(), SlowButFailingAt(turn, -1)).CollectAsync();

        outcomes.Count(outcome => outcome.Status == JobStatus.Succeeded).ShouldBe(successes);
        outcomes.Count(outcome => outcome.Status == JobStatus.Cancelled).ShouldBeInRange(1, 4);
    });

    [Fact]
    public void a_job_over_its_time_is_stopped_and_says_so() => TurnScheduler.Run(async turn =>
    {
        await using var pool = new PoolExecutor(2, new PoolOptions { JobTimeout = TimeSpan.FromMilliseconds(50), Time = turn.Time });

        List<Outcome<int, int>> outcomes = await pool.Map([10, 1000, 20], (job, token) => PoolExecutorTests.Sleep(turn, job)(job, token)).CollectAsync();

        outcomes.Select(outcome => outcome.Status).ShouldBe([JobStatus.Succeeded, JobStatus.TimedOut, JobStatus.Succeeded]);
        outcomes[1].Error!.Message.ShouldBe("The job did not end within 0.05 s and was stopped.");
    });

    [Fact]
    public void a_stubborn_job_over_its_time_keeps_its_worker_and_its_result() => TurnScheduler.Run(async turn =>
    {
        await using var pool = new PoolExecutor(1, new PoolOptions { JobTimeout = TimeSpan.FromMilliseconds(50), Time = turn.Time });

        List<Outcome<int, int>> outcomes = await pool.Map([1], (job, _) => PoolExecutorTests.Sleep(turn, 1000)(job, CancellationToken.None)).CollectAsync();

        outcomes[0].Status.ShouldBe(JobStatus.Succeeded);
        turn.Time.Elapsed.ShouldBe(TimeSpan.FromSeconds(1));
    });

    [Fact]
    public void a_failed_job_is_tried_again_after_growing_waits() => TurnScheduler.Run(async turn =>
    {
        var tries = new List<double>();
        var retry = new RetryPolicy(3) { FirstDelay = TimeSpan.FromSeconds(1), Jitter = 0 };
        await using var pool = new PoolExecutor(1, new PoolOptions { Retry = retry, Time = turn.Time, Random = new Random(1) });

        List<Outcome<int, int>> outcomes = await pool.Map([7], (job, _) =>
        {
            turn.MustBeCurrent();
            tries.Add(turn.Time.Elapsed.TotalSeconds);
            return tries.Count < 4 ? throw new IOException("not yet") : new ValueTask<int>(job);
        }).CollectAsync();

        tries.ShouldBe([0, 1, 3, 7]);
        outcomes[0].Result.ShouldBe(7);
        outcomes[0].Attempts.ShouldBe(4);
    });

    [Fact]
    public void out_of_tries_the_last_failure_is_the_outcome() => TurnScheduler.Run(async turn =>
    {
        await using var pool = new PoolExecutor(1, new PoolOptions { Retry = new RetryPolicy(2), Time = turn.Time });

        List<Outcome<int, int>> outcomes = await pool.Map([2], PoolExecutorTests.FailingAt(2)).CollectAsync();

        outcomes[0].Status.ShouldBe(JobStatus.Failed);
        outcomes[0].Attempts.ShouldBe(3);
    });

    [Fact]
    public void a_timed_out_attempt_is_tried_again() => TurnScheduler.Run(async turn =>
    {
        int tries = 0;
        var options = new PoolOptions { Retry = new RetryPolicy(1), JobTimeout = TimeSpan.FromMilliseconds(50), Time = turn.Time };
        await using var pool = new PoolExecutor(1, options);

        List<Outcome<int, int>> outcomes = await pool.Map([2], (job, token) => PoolExecutorTests.Sleep(turn, tries++ == 0 ? 1000 : 10)(job, token)).CollectAsync();

        outcomes[0].Status.ShouldBe(JobStatus.Succeeded);
        outcomes[0].Attempts.ShouldBe(2);
    });

    [Fact]
    public void limits_compose_with_a_map_and_show_in_its_outcomes() => TurnScheduler.Run(async turn =>
    {
        await using var pool = new PoolExecutor(10);
        IJobSource<int> jobs = new RateLimit(2, TimeSpan.FromSeconds(1)).Over(JobSource.From(Enumerable.Range(0, 4)), turn.Time);

        List<Outcome<int, int>> outcomes = await pool.Map(jobs, PoolExecutorTests.Sleep(turn, 10)).CollectAsync();

        outcomes.Select(outcome => outcome.HeldBy).ShouldBe([null, null, "rate 2/s", null]);
        turn.Time.Elapsed.TotalSeconds.ShouldBe(1.01);
    });

    private static Func<int, CancellationToken, ValueTask<int>> SlowButFailingAt(TurnScheduler turn, int broken) => async (job, token) =>
    {
        await Task.Delay(TimeSpan.FromMilliseconds(job == broken ? 10 : 100 + job), turn.Time, token);
        return job == broken ? throw new IOException($"{job} is broken") : job;
    };
}
