using AsyncTour.Concurrency.Futures;
using AsyncTour.Concurrency.Pools;
using AsyncTour.Concurrency.Tests.Turns;

namespace AsyncTour.Concurrency.Tests.Pools;

public sealed class PoolExecutorTests
{
    [Fact]
    public void map_answers_in_the_order_of_the_input() => TurnScheduler.Run(async turn =>
    {
        await using var pool = new PoolExecutor(3);

        List<Outcome<int, int>> outcomes = await pool.Map(Enumerable.Range(0, 10), Backwards(turn)).CollectAsync();

        outcomes.Select(outcome => outcome.Index).ShouldBe(Enumerable.Range(0, 10).Select(i => (long)i));
        outcomes.Select(outcome => outcome.Result).ShouldBe(Enumerable.Range(0, 10).Select(i => i * i));
        pool.Statistics.ShouldBe(new PoolStatistics(MaxWorkers: 3, Running: 0, Peak: 3, Started: 10, Waiting: 0));
    });

    [Fact]
    public void map_unordered_answers_as_jobs_end() => TurnScheduler.Run(async turn =>
    {
        await using var pool = new PoolExecutor(10);

        List<Outcome<int, int>> outcomes = await pool.MapUnordered(Enumerable.Range(0, 10), Backwards(turn)).CollectAsync();

        outcomes.Select(outcome => outcome.Input).ShouldBe(Enumerable.Range(0, 10).Reverse());
    });

    [Fact]
    public void a_failure_costs_no_other_job_its_result() => TurnScheduler.Run(async _ =>
    {
        await using var pool = new PoolExecutor(2);

        List<Outcome<int, int>> outcomes = await pool.Map(Enumerable.Range(0, 5), FailingAt(2)).CollectAsync();

        outcomes.Select(outcome => outcome.Status).ShouldBe(
            [JobStatus.Succeeded, JobStatus.Succeeded, JobStatus.Failed, JobStatus.Succeeded, JobStatus.Succeeded]);
        Should.Throw<IOException>(() => outcomes[2].Result).Message.ShouldBe("2 is broken");
    });

    [Fact]
    public void nothing_runs_before_the_first_outcome_is_asked_for() => TurnScheduler.Run(async _ =>
    {
        await using var pool = new PoolExecutor(2);

        pool.Map(Enumerable.Range(0, 5), FailingAt(2));

        pool.Statistics.Started.ShouldBe(0);
    });

    [Fact]
    public void a_slow_reader_holds_the_input_back() => TurnScheduler.Run(async turn =>
    {
        int pulled = 0;
        int read = 0;
        IEnumerable<int> endless = Enumerable.Repeat(0, int.MaxValue).Select(_ => pulled++);
        await using var pool = new PoolExecutor(3, new PoolOptions { Buffer = 2 });

        await foreach (Outcome<int, int> outcome in pool.Map(endless, FailingAt(-1)))
        {
            read++;
            await Task.Delay(TimeSpan.FromSeconds(1), turn.Time);
            pulled.ShouldBeLessThanOrEqualTo(read + 3 + 2);
            if (outcome.Index == 50)
                break;
        }

        pool.Statistics.Running.ShouldBe(0);
    });

    [Fact]
    public void leaving_the_loop_early_stops_what_runs_and_waits_for_it() => TurnScheduler.Run(async turn =>
    {
        int stopped = 0;
        await using var pool = new PoolExecutor(3);

        await foreach (Outcome<int, int> _ in pool.MapUnordered(Enumerable.Range(0, 100), async (job, token) =>
        {
            try
            {
                await Task.Delay(TimeSpan.FromSeconds(1 + job), turn.Time, token);
                return job;
            }
            catch (OperationCanceledException)
            {
                stopped++;
                throw;
            }
        }))
        {
            break;
        }

        stopped.ShouldBeInRange(2, 3);
        pool.Statistics.Running.ShouldBe(0);
        turn.Time.Elapsed.ShouldBe(TimeSpan.FromSeconds(1));
    });

    [Fact]
    public void the_bound_holds_over_maps_and_submitted_jobs_together() => TurnScheduler.Run(async turn =>
    {
        await using var pool = new PoolExecutor(3);
        Func<int, CancellationToken, ValueTask<int>> job = Backwards(turn);

        Task<List<Outcome<int, int>>> first = pool.Map(Enumerable.Range(0, 10), job).CollectAsync();
        Task<List<Outcome<int, int>>> second = pool.MapUnordered(Enumerable.Range(0, 10), job).CollectAsync();
        Future<int>[] submitted = [.. Enumerable.Range(0, 5).Select(i => pool.Submit(token => job(i, token)))];

        (await first).Count.ShouldBe(10);
        (await second).Count.ShouldBe(10);
        foreach (Future<int> future in submitted)
            await future;
        pool.Statistics.Peak.ShouldBe(3);
    });

    [Fact]
    public void a_long_map_does_not_starve_a_submitted_job() => TurnScheduler.Run(async turn =>
    {
        await using var pool = new PoolExecutor(1);
        Task<List<Outcome<int, int>>> map = pool.Map(Enumerable.Range(0, 9), Backwards(turn)).CollectAsync();

        await pool.Submit(_ => new ValueTask<int>(1));

        pool.Statistics.Started.ShouldBeLessThanOrEqualTo(4);
        await map;
    });

    [Fact]
    public void a_submitted_job_cancelled_before_it_starts_never_runs() => TurnScheduler.Run(async turn =>
    {
        await using var pool = new PoolExecutor(1);
        bool ran = false;
        Future<int> first = pool.Submit(token => Backwards(turn)(0, token));
        Future<int> second = pool.Submit(_ => { ran = true; return new ValueTask<int>(2); });

        second.Cancel().ShouldBeTrue();

        second.IsCancelled.ShouldBeTrue();
        pool.Statistics.Waiting.ShouldBe(1, "only the first still waits");
        await first;
        await pool.DisposeAsync();
        ran.ShouldBeFalse();
        pool.Statistics.Started.ShouldBe(1);
    });

    [Fact]
    public void a_pool_that_cannot_be_is_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new PoolExecutor(0)).Message.ShouldStartWith("A pool needs at least 1 worker.");
        Should.Throw<ArgumentOutOfRangeException>(() => new PoolExecutor(1, new PoolOptions { Buffer = -1 })).Message.ShouldStartWith("A pool's buffer is 0 or more.");
        Should.Throw<ArgumentOutOfRangeException>(() => new PoolExecutor(1, new PoolOptions { JobTimeout = TimeSpan.Zero }))
            .Message.ShouldStartWith("A job timeout is more than zero, or null for none.");
        Should.Throw<ArgumentOutOfRangeException>(() => new PoolExecutor(1, new PoolOptions { Buffer = int.MaxValue }))
            .Message.ShouldStartWith("A pool's workers and buffer (unless told, three per worker) are together less than 1073741824");
        Should.Throw<ArgumentOutOfRangeException>(() => new PoolExecutor(int.MaxValue)).Message.ShouldStartWith("A pool's workers and buffer");
    }

    [Fact]
    public void a_map_can_be_read_once() => TurnScheduler.Run(async _ =>
    {
        await using var pool = new PoolExecutor(1);
        IAsyncEnumerable<Outcome<int, int>> map = pool.Map([1], FailingAt(2));
        await map.CollectAsync();

        (await Should.ThrowAsync<InvalidOperationException>(map.CollectAsync()))
            .Message.ShouldBe("This map has been read, or is being read. Call Map again to run the jobs again.");
    });

    [Fact]
    public void a_submitted_job_that_ignores_its_cancellation_is_pending_until_it_ends() => TurnScheduler.Run(async turn =>
    {
        await using var pool = new PoolExecutor(1);
        Future<int> stubborn = pool.Submit(async _ => { await Task.Delay(TimeSpan.FromSeconds(5), turn.Time, CancellationToken.None); return 5; });
        await Task.Delay(TimeSpan.FromSeconds(1), turn.Time);

        stubborn.Cancel().ShouldBeTrue();

        stubborn.IsDone.ShouldBeFalse();
        pool.Statistics.Running.ShouldBe(1);
        (await stubborn).ShouldBe(5);
    });

    [Fact]
    public void leaving_the_pool_drains_what_was_submitted() => TurnScheduler.Run(async turn =>
    {
        var pool = new PoolExecutor(2);
        Future<int>[] submitted = [.. Enumerable.Range(0, 7).Select(i => pool.Submit(token => Backwards(turn)(i, token)))];

        await pool.DisposeAsync();

        submitted.ShouldAllBe(future => future.IsDone);
        Should.Throw<ObjectDisposedException>(() => pool.Submit(_ => new ValueTask<int>(1)));
        await Should.ThrowAsync<ObjectDisposedException>(pool.Map([1], FailingAt(2)).CollectAsync());
    });

    [Fact]
    public void a_map_cut_short_by_leaving_its_pool_says_so() => TurnScheduler.Run(async turn =>
    {
        var pool = new PoolExecutor(2);
        var read = new List<int>();
        async Task ReadAsync()
        {
            await foreach (Outcome<int, int> outcome in pool.Map(Enumerable.Range(0, 100), Backwards(turn)))
                read.Add(outcome.Input);
        }

        Task reading = ReadAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(50), turn.Time);
        await pool.DisposeAsync();

        await Should.ThrowAsync<ObjectDisposedException>(reading);
        read.ShouldBe([0, 1]);
    });

    [Fact]
    public void cancelling_a_map_tells_its_outcomes_and_then_throws() => TurnScheduler.Run(async turn =>
    {
        await using var pool = new PoolExecutor(2);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(15), turn.Time);
        var statuses = new List<JobStatus>();

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (Outcome<int, int> outcome in pool.Map(Enumerable.Range(0, 100), Sleep(turn, 10), cancel.Token))
                statuses.Add(outcome.Status);
        });

        statuses.ShouldBe([JobStatus.Succeeded, JobStatus.Succeeded, JobStatus.Cancelled, JobStatus.Cancelled]);
    });

    [Fact]
    public void an_input_that_fails_ends_the_map_after_the_outcomes_before_it() => TurnScheduler.Run(async turn =>
    {
        await using var pool = new PoolExecutor(2);
        var read = new List<int>();
        IEnumerable<int> failing = Enumerable.Range(0, 9).Select(i => i < 5 ? i : throw new IOException("the file ends here"));

        (await Should.ThrowAsync<IOException>(async () =>
        {
            await foreach (Outcome<int, int> outcome in pool.Map(failing, Sleep(turn, 10)))
                read.Add(outcome.Input);
        })).Message.ShouldBe("the file ends here");

        read.ShouldBe([0, 1, 2, 3, 4]);
        (await pool.Submit(_ => new ValueTask<int>(1))).ShouldBe(1, "the pool itself is well");
    });

    [Fact]
    public void jobs_see_the_ambient_values_of_whoever_reads_the_map() => TurnScheduler.Run(async _ =>
    {
        var ambient = new AsyncLocal<string>();
        await using var pool = new PoolExecutor(2);
        ambient.Value = "the reader's";

        List<Outcome<int, string?>> outcomes = await pool.Map([1, 2, 3], (_, _) => new ValueTask<string?>(ambient.Value)).CollectAsync();

        outcomes.Select(outcome => outcome.Result).ShouldAllBe(seen => seen == "the reader's");
    });

    [Fact]
    public async Task the_default_scheduler_serves_as_well()
    {
        await using var pool = new PoolExecutor(64);

        List<Outcome<int, int>> outcomes = await pool.Map(Enumerable.Range(0, 20_000), async (job, _) => { await Task.Yield(); return job; }).CollectAsync();

        outcomes.Select(outcome => outcome.Result).ShouldBe(Enumerable.Range(0, 20_000));
        pool.Statistics.Peak.ShouldBeLessThanOrEqualTo(64);
    }

    [Fact]
    public async Task completion_order_loses_nothing_on_the_default_scheduler()
    {
        await using var pool = new PoolExecutor(64);

        List<Outcome<int, int>> outcomes = await pool.MapUnordered(Enumerable.Range(0, 20_000), async (job, _) => { await Task.Yield(); return job; }).CollectAsync();

        outcomes.Select(outcome => outcome.Result).Order().ShouldBe(Enumerable.Range(0, 20_000));
    }

    internal static Func<int, CancellationToken, ValueTask<int>> Sleep(TurnScheduler turn, int milliseconds) => async (job, token) =>
    {
        turn.MustBeCurrent();
        await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), turn.Time, token);
        turn.MustBeCurrent();
        return job;
    };

    /// <summary>The later in the input, the shorter; answers the square.</summary>
    private static Func<int, CancellationToken, ValueTask<int>> Backwards(TurnScheduler turn) => async (job, token) =>
    {
        turn.MustBeCurrent();
        await Task.Delay(TimeSpan.FromMilliseconds(100 - job), turn.Time, token);
        turn.MustBeCurrent();
        return job * job;
    };

    internal static Func<int, CancellationToken, ValueTask<int>> FailingAt(int broken) => (job, _) =>
        job == broken ? throw new IOException($"{job} is broken") : new ValueTask<int>(job);
}
