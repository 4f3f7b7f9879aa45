using AsyncTour.Concurrency.Pools;
using AsyncTour.Concurrency.Tests.Turns;

namespace AsyncTour.Concurrency.Tests.Pools;

/// <summary>What a map promises where its lanes and its reader truly run at once, and where jobs are ended by strangers.</summary>
public sealed class MapOnThreadsTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    [InlineData(64, 0)]
    [InlineData(64, 192)]
    public async Task nothing_is_lost_however_small_the_buffer(int workers, int buffer)
    {
        await using var pool = new PoolExecutor(workers, new PoolOptions { Buffer = buffer });

        List<Outcome<int, int>> outcomes = await pool.Map(Enumerable.Range(0, 20_000), SometimesYieldAsync).CollectAsync();

        outcomes.Select(outcome => outcome.Result).ShouldBe(Enumerable.Range(0, 20_000));
    }

    [Fact]
    public async Task two_maps_and_submitted_jobs_share_a_pool_to_the_end()
    {
        await using var pool = new PoolExecutor(4, new PoolOptions { Buffer = 1 });

        Task<List<Outcome<int, int>>> ordered = pool.Map(Enumerable.Range(0, 5_000), SometimesYieldAsync).CollectAsync();
        Task<List<Outcome<int, int>>> unordered = pool.MapUnordered(Enumerable.Range(0, 5_000), SometimesYieldAsync).CollectAsync();
        for (int job = 0; job < 1_000; job++)
            (await pool.Submit(token => SometimesYieldAsync(job, token))).ShouldBe(job);

        (await ordered).Select(outcome => outcome.Result).ShouldBe(Enumerable.Range(0, 5_000));
        (await unordered).Select(outcome => outcome.Result).Order().ShouldBe(Enumerable.Range(0, 5_000));
    }

    [Fact]
    public async Task a_map_left_early_leaves_nothing_running_again_and_again()
    {
        int running = 0;
        await using var pool = new PoolExecutor(8);
        for (int round = 0; round < 300; round++)
        {
            await foreach (Outcome<int, int> outcome in pool.Map(Enumerable.Range(0, 1_000), async (job, token) =>
            {
                Interlocked.Increment(ref running);
                await Task.Yield();
                Interlocked.Decrement(ref running);
                return job;
            }))
            {
                if (outcome.Index == round)
                    break;
            }

            Volatile.Read(ref running).ShouldBe(0);
        }
    }

    [Fact]
    public void whoever_ends_a_job_keeps_its_own_ambient_values() => TurnScheduler.Run(async _ =>
    {
        var ambient = new AsyncLocal<string>();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = new TaskCompletionSource<string?>();
        await using var pool = new PoolExecutor(1);
        ambient.Value = "the reader's";
        Task<List<Outcome<int, string?>>> map = pool.Map([1, 2, 3], (job, _) =>
        {
            started.TrySetResult();
            string? seen = ambient.Value;
            ambient.Value = "a job's";
            return job == 1 ? new ValueTask<string?>(first.Task) : new ValueTask<string?>(seen);
        }).CollectAsync();

        await started.Task;
        ambient.Value = "the stranger's";
        first.SetResult("ended");

        ambient.Value.ShouldBe("the stranger's");
        (await map).Select(outcome => outcome.Result).ShouldBe(["ended", "the reader's", "the reader's"]);
        ambient.Value.ShouldBe("the stranger's");
    });

    [Fact]
    public async Task a_job_ended_by_a_stranger_on_a_thread_does_not_leak_into_it()
    {
        var ambient = new AsyncLocal<string>();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = new TaskCompletionSource<string?>();
        await using var pool = new PoolExecutor(1);
        ambient.Value = "the reader's";
        Task<List<Outcome<int, string?>>> map = pool.Map([1, 2], (job, _) =>
        {
            started.TrySetResult();
            string? seen = ambient.Value;
            ambient.Value = "a job's";
            return job == 1 ? new ValueTask<string?>(first.Task) : new ValueTask<string?>(seen);
        }).CollectAsync();

        await started.Task;
        ambient.Value = "the stranger's";
        first.SetResult("ended");

        ambient.Value.ShouldBe("the stranger's", "the second job ran inside the call that ended the first");
        (await map).Select(outcome => outcome.Result).ShouldBe(["ended", "the reader's"]);
    }

    /// <summary>One in three ends at once, as a job that finds its answer in a cache does.</summary>
    private static async ValueTask<int> SometimesYieldAsync(int job, CancellationToken cancellation)
    {
        if (job % 3 != 0)
            await Task.Yield();
        return job;
    }
}
