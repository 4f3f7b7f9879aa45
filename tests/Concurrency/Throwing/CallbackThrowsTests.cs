using AsyncTour.Concurrency.Coroutines;
using AsyncTour.Concurrency.Futures;
using AsyncTour.Concurrency.Pools;
using AsyncTour.Concurrency.Tests.Parity;
using AsyncTour.Concurrency.Tests.Turns;
using AsyncTour.Concurrency.Waiting;

namespace AsyncTour.Concurrency.Tests.Throwing;

/// <summary>
/// Callbacks of jobs and sources on the tokens a pool cancels. Whoever cancels runs them, and a pool cancels in many
/// places; none of them may lose what is thrown, nor be stopped by it.
/// </summary>
public sealed class CallbackThrowsTests
{
    private const string Place = "a callback on the job's token";

    private static readonly Dictionary<string, PoolOptions> _stops = new(StringComparer.Ordinal)
    {
        ["the first failure"] = new() { OnError = ErrorPolicy.FailFast },
        ["enough successes"] = new() { Until = Until.Count(1) },
        ["a share of an input whose length only its end tells"] = new() { Until = Until.Percent(20) },
    };

    public static TheoryData<string> Stops => [.. _stops.Keys];

    [Theory, MemberData(nameof(Stops))]
    public void the_reader_gets_it_when_a_policy_stops_the_map(string stop) => TurnScheduler.Run(async turn =>
    {
        await using var pool = new PoolExecutor(5, _stops[stop]);
        int running = 0;
        int told = 0;

        (await Should.ThrowAsync<BrokenException>(async () =>
        {
            await foreach (Outcome<int, int> _ in pool.MapUnordered(Unknown(5), async (job, token) =>
            {
                await using CancellationTokenRegistration broken = token.Register(() => BrokenException.If(Place, job == 3 ? Place : ""));
                running++;
                try
                {
                    await Task.Delay(job == 0 ? TimeSpan.FromSeconds(1) : TimeSpan.FromHours(1), turn.Time, token);
                    return stop == "the first failure" ? throw new IOException() : job;
                }
                finally
                {
                    running--;
                }
            }))
            {
                told++;
            }
        })).Message.ShouldBe(Place);

        running.ShouldBe(0);
        told.ShouldBe(5);
        turn.Time.Elapsed.ShouldBe(TimeSpan.FromSeconds(1));
    });

    [Fact]
    public void whoever_leaves_the_loop_gets_it_after_what_ran_has_stopped() => TurnScheduler.Run(async turn =>
    {
        await using var pool = new PoolExecutor(3);
        var jobs = new SleepingJobs(turn) { Longest = TimeSpan.FromHours(1) };

        await Should.ThrowAsync<BrokenException>(async () =>
        {
            await foreach (Outcome<int, int> _ in pool.MapUnordered(Enumerable.Range(0, 50), Registering(jobs)))
                break;
        });

        jobs.Running.ShouldBe(0);
        turn.Time.Elapsed.ShouldBeLessThan(TimeSpan.FromHours(1));
    });

    [Fact]
    public void whoever_cancels_the_map_gets_it_and_the_reader_its_outcomes() => TurnScheduler.Run(async turn =>
    {
        await using var pool = new PoolExecutor(3);
        var jobs = new SleepingJobs(turn) { Longest = TimeSpan.FromHours(1) };
        var told = new List<JobStatus>();
        using var cancel = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (Outcome<int, int> outcome in pool.Map(Enumerable.Range(0, 50), Registering(jobs), cancel.Token))
            {
                told.Add(outcome.Status);
                if (!cancel.IsCancellationRequested)
                    Should.Throw<AggregateException>(cancel.Cancel).Flatten().InnerExceptions.ShouldAllBe(thrown => thrown is BrokenException);
            }
        });

        jobs.Running.ShouldBe(0);
        told.Count.ShouldBe(jobs.Started.Count);
    });

    [Fact]
    public void leaving_the_pool_tells_the_reader_of_a_source_that_breaks_as_its_wait_is_given_up() => TurnScheduler.Run(async turn =>
    {
        var pool = new PoolExecutor(3);
        var jobs = new SleepingJobs(turn);
        var source = new BrokenSource(BrokenSource.CancellingTheWait, turn);
        Task<List<Outcome<int, int>>> reading = pool.MapUnordered(source, jobs.RunAsync).CollectAsync();
        await Task.Delay(TimeSpan.FromSeconds(1), turn.Time);

        await pool.DisposeAsync();

        (await Should.ThrowAsync<BrokenException>(reading)).Message.ShouldBe(BrokenSource.CancellingTheWait);
        jobs.Started.ShouldBe([0, 1, 2]);
        jobs.Running.ShouldBe(0);
    });

    [Fact]
    public void a_job_whose_time_is_up_has_it_as_its_own_failure() => TurnScheduler.Run(async turn =>
    {
        await using var pool = new PoolExecutor(3, new PoolOptions { JobTimeout = TimeSpan.FromSeconds(1), Time = turn.Time });
        var jobs = new SleepingJobs(turn) { Longest = TimeSpan.FromHours(1) };

        List<Outcome<int, int>> outcomes = await pool.Map(Enumerable.Range(0, 4), Registering(jobs)).CollectAsync();

        outcomes.Select(outcome => outcome.Status).ShouldBe([JobStatus.Succeeded, JobStatus.Succeeded, JobStatus.Failed, JobStatus.Succeeded]);
        outcomes[2].Error.ShouldBeOfType<BrokenException>();
    });

    [Fact]
    public void whoever_cancels_a_submitted_job_gets_it_and_the_job_ends_all_the_same() => TurnScheduler.Run(async turn =>
    {
        await using var pool = new PoolExecutor(1);
        var jobs = new SleepingJobs(turn) { Longest = TimeSpan.FromHours(1) };
        Future<int> job = pool.Submit(token => Registering(jobs)(2, token));
        await Task.Delay(TimeSpan.FromSeconds(1), turn.Time);

        Should.Throw<AggregateException>(() => job.Cancel()).InnerException.ShouldBeOfType<BrokenException>();

        await Should.ThrowAsync<OperationCanceledException>(job.AsTask());
        turn.Time.Elapsed.ShouldBe(TimeSpan.FromSeconds(1));
    });

    [Fact]
    public void a_future_whose_home_takes_no_more_callbacks_tells_the_others()
    {
        var future = new Future<int>();
        using var told = new ManualResetEventSlim();
        SynchronizationContext? outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new ClosedWindow());
        future.AddDoneCallback(_ => throw new InvalidOperationException("It can never be called."));
        SynchronizationContext.SetSynchronizationContext(null);
        future.AddDoneCallback(_ => told.Set());
        SynchronizationContext.SetSynchronizationContext(outer);
        using var complaints = new HeardComplaints(ClosedWindow.Says);

        future.SetResult(1);

        told.Wait(TimeSpan.FromSeconds(10)).ShouldBeTrue();
        complaints.Count.ShouldBe(1);
    }

    [Fact]
    public void a_timeout_cancels_its_body_though_a_callback_on_the_tasks_token_throws() => TurnScheduler.Run(async turn =>
    {
        using var complaints = new HeardComplaints("a callback on the timed out task's token");

        await Should.ThrowAsync<TimeoutException>(async () => await Asyncio.Timeout(TimeSpan.FromSeconds(1), turn.Time, async Coroutine<int> (_) =>
        {
            using CancellationTokenRegistration broken = Asyncio.CancellationToken.Register(() => throw new BrokenException("a callback on the timed out task's token"));
            await Asyncio.Sleep(TimeSpan.FromHours(1), turn.Time);
            return 0;
        }));

        turn.Time.Elapsed.ShouldBe(TimeSpan.FromSeconds(1));
        complaints.Count.ShouldBe(1);
    });

    [Fact]
    public void a_group_that_aborts_cancels_all_its_tasks_though_callbacks_on_their_tokens_throw() => TurnScheduler.Run(async turn =>
    {
        using var complaints = new HeardComplaints("a callback on a grouped task's token");
        async Coroutine<int> LongAsync()
        {
            using CancellationTokenRegistration broken = Asyncio.CancellationToken.Register(() => throw new BrokenException("a callback on a grouped task's token"));
            await Asyncio.Sleep(TimeSpan.FromHours(1), turn.Time);
            return 0;
        }

        await Should.ThrowAsync<AggregateException>(async () => await TaskGroup.Run(async Coroutine<int> (group) =>
        {
            group.Schedule(LongAsync());
            group.Schedule(LongAsync());
            await Asyncio.Sleep(TimeSpan.FromSeconds(1), turn.Time);
            throw new IOException();
        }));

        turn.Time.Elapsed.ShouldBe(TimeSpan.FromSeconds(1));
        complaints.Count.ShouldBe(2);
    });

    private static Func<int, CancellationToken, ValueTask<int>> Registering(SleepingJobs jobs) => async (job, token) =>
    {
        await using CancellationTokenRegistration broken = token.Register(() => BrokenException.If(Place, job == 2 ? Place : ""));
        return await jobs.RunAsync(job, token);
    };

    /// <summary>A sequence that does not know its length.</summary>
    private static IEnumerable<int> Unknown(int length)
    {
        for (int i = 0; i < length; i++)
            yield return i;
    }

    private sealed class ClosedWindow : SynchronizationContext
    {
        public const string Says = "the window is closed";

        public override void Post(SendOrPostCallback d, object? state) => throw new BrokenException(Says);
    }
}
