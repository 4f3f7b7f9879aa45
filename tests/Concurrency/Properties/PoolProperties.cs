using AsyncTour.Concurrency.Limits;
using AsyncTour.Concurrency.Pools;

namespace AsyncTour.Concurrency.Tests.Properties;

/// <summary>What holds for a pool whatever the jobs. A failure prints its seed; <c>ASYNCTOUR_SEED=a,b</c> repeats it.</summary>
public sealed class PoolProperties
{
    [Fact]
    public void the_bound_is_never_passed_and_no_more_is_pulled_than_allowed() => Property.Holds(async (turn, plan) =>
    {
        var seen = new Witnessed(turn, plan);
        await using var pool = Pool(plan);
        int read = 0;

        await foreach (Outcome<int, int> _ in pool.Map(seen.Input(), seen.RunAsync))
        {
            seen.Pulled.ShouldBeLessThanOrEqualTo(read + plan.Workers + plan.Buffer + 1);
            read++;
        }

        seen.Peak.ShouldBeLessThanOrEqualTo(plan.Workers);
    });

    [Fact]
    public void every_job_has_exactly_one_outcome_and_map_keeps_the_order() => Property.Holds(async (turn, plan) =>
    {
        var seen = new Witnessed(turn, plan);
        await using var pool = Pool(plan);

        List<Outcome<int, int>> outcomes = await pool.Map(seen.Input(), seen.RunAsync).CollectAsync();

        outcomes.Select(outcome => outcome.Input).ShouldBe(Enumerable.Range(0, plan.Jobs.Count));
        outcomes.ShouldAllBe(outcome => (outcome.Status == JobStatus.Failed) == plan.Jobs[outcome.Input].Fails);
    });

    [Fact]
    public void completion_order_is_the_order_of_the_times_at_which_jobs_ended() => Property.Holds(async (turn, plan) =>
    {
        var seen = new Witnessed(turn, plan);
        await using var pool = Pool(plan);

        List<Outcome<int, int>> outcomes = await pool.MapUnordered(seen.Input(), seen.RunAsync).CollectAsync();

        outcomes.Select(outcome => seen.EndedAt[outcome.Input]).ShouldBeInOrder();
        outcomes.Select(outcome => outcome.Input).Order().ShouldBe(Enumerable.Range(0, plan.Jobs.Count));
    });

    [Fact]
    public void jobs_start_in_input_order() => Property.Holds(async (turn, plan) =>
    {
        var seen = new Witnessed(turn, plan);
        await using var pool = Pool(plan);

        await pool.MapUnordered(seen.Input(), seen.RunAsync).CollectAsync();

        seen.Started.ShouldBe(Enumerable.Range(0, plan.Jobs.Count));
    });

    [Fact]
    public void a_pool_is_never_idle_while_work_is_ready() => Property.Holds(async (turn, plan) =>
    {
        var seen = new Witnessed(turn, plan);

        await Strategy.Pool(plan.Workers).RunAsync(JobSource.From(seen.Input()), Outcomeless(seen));

        // With no idle worker the wall is the ideal: the same durations in the same order on as many workers.
        turn.Time.Elapsed.TotalMilliseconds.ShouldBe(Ideal(plan), 0.001);
    });

    [Fact]
    public void a_cancelled_map_balances_and_leaves_nothing_running() => Property.Holds(async (turn, plan) =>
    {
        var seen = new Witnessed(turn, plan);
        var outcomes = new List<Outcome<int, int>>();
        using var cancel = new CancellationTokenSource();
        if (plan.CancelAfter is { } after)
            cancel.CancelAfterVirtual(turn.Time, after);
        await using (PoolExecutor pool = Pool(plan))
        {
            try
            {
                await foreach (Outcome<int, int> outcome in pool.MapUnordered(seen.Input(), seen.RunAsync, cancel.Token))
                    outcomes.Add(outcome);
            }
            catch (OperationCanceledException)
            {
                cancel.IsCancellationRequested.ShouldBeTrue();
            }

            pool.Statistics.Running.ShouldBe(0);
            pool.Statistics.Ended.ShouldBe(seen.Started.Count);
        }

        seen.Running.ShouldBe(0);
        outcomes.Select(outcome => outcome.Input).Order().ShouldBe(Enumerable.Range(0, seen.Started.Count));
    });

    [Fact]
    public void nothing_runs_after_the_pool_was_left() => Property.Holds(async (turn, plan) =>
    {
        var seen = new Witnessed(turn, plan);
        PoolExecutor pool = Pool(plan);
        for (int job = 0; job < plan.Jobs.Count; job++)
        {
            int submitted = job;
            pool.Submit(token => seen.RunAsync(submitted, token)).AddDoneCallback(done => _ = done.IsCancelled || done.Exception is null);
        }

        await pool.DisposeAsync();

        seen.Ended.Count.ShouldBe(plan.Jobs.Count);
        seen.Running.ShouldBe(0);
    });

    [Fact]
    public void a_key_is_never_run_more_often_at_once_than_allowed_and_nothing_is_lost() => Property.Holds(async (turn, plan) =>
    {
        var seen = new Witnessed(turn, plan);
        await using var pool = Pool(plan);
        IJobSource<int> limited = new KeyLimit(plan.PerKey) { MaxSetAside = 5 }.Over(JobSource.From(seen.Input()), job => plan.Jobs[job].Key);

        List<Outcome<int, int>> outcomes = await pool.MapUnordered(limited, seen.RunAsync).CollectAsync();

        seen.PeakPerKey.ShouldBeLessThanOrEqualTo(plan.PerKey);
        outcomes.Select(outcome => outcome.Input).Order().ShouldBe(Enumerable.Range(0, plan.Jobs.Count));
    });

    [Fact]
    public void a_rate_is_never_exceeded_in_any_stretch_of_time() => Property.Holds(async (turn, plan) =>
    {
        var seen = new Witnessed(turn, plan);
        var starts = new List<TimeSpan>();
        IJobSource<int> limited = new RateLimit(plan.PerKey, TimeSpan.FromMilliseconds(20)).Over(JobSource.From(seen.Input()), turn.Time);

        await Strategy.Pool(plan.Workers).RunAsync(limited, (job, worker) =>
        {
            starts.Add(turn.Time.Elapsed);
            return Outcomeless(seen)(job, worker);
        });

        for (int i = plan.PerKey; i < starts.Count; i++)
            (starts[i] - starts[i - plan.PerKey]).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(20));
    });

    private static PoolExecutor Pool(Plan plan) => new(plan.Workers, new PoolOptions { Buffer = plan.Buffer });

    private static Func<int, int, ValueTask> Outcomeless(Witnessed seen) => async (job, _) =>
    {
        try
        {
            await seen.RunAsync(job, CancellationToken.None);
        }
        catch (IOException)
        {
            // The plan's own failure: to a strategy it is the caller's affair.
        }
    };

    private static double Ideal(Plan plan)
    {
        double[] freeAt = new double[plan.Workers];
        foreach (PlannedJob job in plan.Jobs)
            freeAt[Array.IndexOf(freeAt, freeAt.Min())] += job.Milliseconds;
        return freeAt.Max();
    }
}
