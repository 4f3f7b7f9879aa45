using System.Threading.Channels;
using AsyncTour.Concurrency.Pools;
using AsyncTour.Concurrency.Tests.Properties;
using AsyncTour.Concurrency.Tests.Turns;

namespace AsyncTour.Concurrency.Tests.Pools;

/// <summary>Ways for a map to end, and for its jobs to come back, at awkward moments.</summary>
public sealed class MapEndsTests
{
    [Fact]
    public void leaving_the_pool_ends_a_map_whose_input_is_silent() => TurnScheduler.Run(async turn =>
    {
        var pool = new PoolExecutor(2);
        var jobs = Channel.CreateUnbounded<int>();
        jobs.Writer.TryWrite(7);
        var read = new List<int>();
        async Task ReadAsync()
        {
            await foreach (Outcome<int, int> outcome in pool.Map(JobSource.From(jobs.Reader), PoolExecutorTests.Sleep(turn, 10)))
                read.Add(outcome.Result);
        }

        Task reading = ReadAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(5), turn.Time);
        await pool.DisposeAsync();

        await Should.ThrowAsync<ObjectDisposedException>(reading);
        read.ShouldBe([7], "the job that ran was left alone");
    });

    [Fact]
    public async Task a_map_that_begins_as_its_pool_is_left_is_read_or_refused()
    {
        for (int round = 0; round < 2_000; round++)
        {
            var pool = new PoolExecutor(1);
            using var go = new Barrier(2);
            Task leaving = Task.Factory.StartNew(
                async () =>
                {
                    go.SignalAndWait();
                    await pool.DisposeAsync();
                },
                TaskCreationOptions.LongRunning).Unwrap();

            IAsyncEnumerable<Outcome<int, int>> map = pool.Map([1], (job, _) => new ValueTask<int>(job));
            go.SignalAndWait();
            Task<List<Outcome<int, int>>> reading = map.CollectAsync();
            await leaving;
            try
            {
                (await reading).Count.ShouldBe(1);
            }
            catch (ObjectDisposedException)
            {
                // The pool was left first.
            }
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public void the_tokens_of_the_map_and_of_its_reading_both_stop_it(bool ofMap) => TurnScheduler.Run(async turn =>
    {
        await using var pool = new PoolExecutor(2);
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        (ofMap ? first : second).CancelAfterVirtual(turn.Time, 15);

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (Outcome<int, int> _ in pool.Map(Enumerable.Range(0, 100), PoolExecutorTests.Sleep(turn, 10), first.Token).WithCancellation(second.Token))
                turn.MustBeCurrent();
        });

        turn.Time.Elapsed.ShouldBe(TimeSpan.FromMilliseconds(15));
    });

    [Fact]
    public async Task an_input_that_ends_a_job_while_it_is_pulled_is_not_pulled_within_its_own_call()
    {
        TaskCompletionSource<int>[] jobs = [.. Enumerable.Range(0, 100).Select(_ => new TaskCompletionSource<int>())];
        await using var pool = new PoolExecutor(4);

        // Whoever awaits such a source goes on inside SetResult, and here that is the lane that ran the job.
        IEnumerable<int> EndingTheOneBefore()
        {
            for (int job = 0; job < jobs.Length; job++)
            {
                if (job > 0)
                    jobs[job - 1].SetResult(job - 1);
                yield return job;
            }

            jobs[^1].SetResult(jobs.Length - 1);
        }

        List<Outcome<int, int>> outcomes = await pool.Map(EndingTheOneBefore(), (job, _) => new ValueTask<int>(jobs[job].Task)).CollectAsync();

        outcomes.Select(outcome => outcome.Result).ShouldBe(Enumerable.Range(0, 100));
    }

    [Fact]
    public async Task the_job_that_makes_it_enough_may_end_just_as_the_input_does()
    {
        await using var pool = new PoolExecutor(8, new PoolOptions { Until = Until.Percent(20) });
        for (int round = 0; round < 500; round++)
        {
            int arrived = 0;
            void Meet(int late)
            {
                Interlocked.Increment(ref arrived);
                SpinWait.SpinUntil(() => Volatile.Read(ref arrived) == 2);
                Thread.SpinWait(late);
            }

            var enough = new TaskCompletionSource<int>();
            IEnumerable<int> Input()
            {
                for (int job = 0; job < 5; job++)
                    yield return job;
                Meet(late: round % 7 * 10);
            }

            var ending = new Thread(() =>
            {
                Meet(late: round % 11 * 10);
                enough.SetResult(0);
            });
            ending.Start();
            List<Outcome<int, int>> outcomes = await pool.MapUnordered(Input(), (job, token) =>
            {
                var ended = new TaskCompletionSource<int>();
                token.Register(() => ended.TrySetCanceled(token));
                return new ValueTask<int>(job == 0 ? enough.Task : ended.Task);
            }).CollectAsync();

            outcomes.Count(outcome => outcome.Status == JobStatus.Succeeded).ShouldBe(1);
            outcomes.Count.ShouldBe(5);
        }
    }

    [Fact]
    public async Task jobs_that_end_within_the_call_that_stops_them_end_the_map()
    {
        for (int round = 0; round < 100; round++)
        {
            await using var pool = new PoolExecutor(8, new PoolOptions { Until = Until.Percent(20) });
            using var others = new CountdownEvent(4);

            // One job in five has succeeded when the end of the input says that this is enough.
            IEnumerable<int> Input()
            {
                for (int job = 0; job < 5; job++)
                    yield return job;
                others.Wait();
            }

            List<Outcome<int, int>> outcomes = await pool.MapUnordered(Input(), (job, token) =>
            {
                if (job == 0)
                    return new ValueTask<int>(job);
                var stopped = new TaskCompletionSource<int>();
                token.Register(() => stopped.SetCanceled(token));
                others.Signal();
                return new ValueTask<int>(stopped.Task);
            }).CollectAsync();

            outcomes.Count(outcome => outcome.Status == JobStatus.Cancelled).ShouldBe(4);
            (await pool.Submit(_ => new ValueTask<int>(1))).ShouldBe(1);
        }
    }
}
