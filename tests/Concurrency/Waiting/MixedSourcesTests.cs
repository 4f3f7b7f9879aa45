using AsyncTour.Concurrency.Coroutines;
using AsyncTour.Concurrency.Futures;
using AsyncTour.Concurrency.Pools;
using AsyncTour.Concurrency.Tests.Turns;
using AsyncTour.Concurrency.Waiting;

namespace AsyncTour.Concurrency.Tests.Waiting;

/// <summary>The verbs do not care where a future comes from. Python needs two modules for it.</summary>
public sealed class MixedSourcesTests
{
    [Fact]
    public async Task one_wait_over_a_thread_a_pool_a_task_and_a_promise()
    {
        await using var threads = new ThreadExecutor(1);
        await using var pool = new PoolExecutor(1);
        var promise = new Future<int>();
        async Coroutine<int> Work() => 3;
        Future<int>[] futures =
        [
            threads.Submit(() => 1),
            pool.Submit(_ => new ValueTask<int>(2)),
            Asyncio.Schedule(Work()),
            Asyncio.WrapFuture(Task.FromResult(4)),
            promise,
        ];

        promise.SetResult(5);
        (IReadOnlyList<Future<int>> done, IReadOnlyList<Future<int>> pending) = await Asyncio.Wait(futures);

        done.Select(future => future.Result).ShouldBe([1, 2, 3, 4, 5]);
        pending.ShouldBeEmpty();
    }

    [Fact]
    public void a_wrapped_task_brings_its_failure_and_its_cancellation() => TurnScheduler.Run(async _ =>
    {
        Future<int> failed = Asyncio.WrapFuture(Task.FromException<int>(new IOException("broken")));
        Future<int> cancelled = Asyncio.WrapFuture(Task.FromCanceled<int>(new CancellationToken(canceled: true)));

        await Asyncio.Wait([failed, cancelled]);

        failed.Exception!.Message.ShouldBe("broken");
        cancelled.IsCancelled.ShouldBeTrue();
    });

    [Fact]
    public void a_timeout_without_a_clock_is_refused() => TurnScheduler.Run(async _ =>
        (await Should.ThrowAsync<ArgumentNullException>(async () => await Asyncio.Wait([new Future<int>()], timeout: TimeSpan.FromSeconds(1))))
            .Message.ShouldStartWith("A timeout needs a TimeProvider to be measured by."));

    [Fact]
    public void an_exception_nobody_looked_at_is_reported()
    {
        using var complaints = new Parity.HeardComplaints("never looked at");
        Drop();
        GC.Collect();
        GC.WaitForPendingFinalizers();

        complaints.Messages.ShouldBe(["Future exception was never retrieved"]);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static void Drop() => new Future<int>().SetException(new IOException("never looked at"));
    }
}
