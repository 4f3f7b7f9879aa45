using AsyncTour.Concurrency.Coroutines;
using AsyncTour.Concurrency.Futures;
using AsyncTour.Concurrency.Waiting;

namespace AsyncTour.Concurrency.Tests.Waiting;

/// <summary>
/// A home can be the thread pool, where what happens "on a turn" happens on several threads at once. Each test runs its
/// scene often enough for threads to meet; what is lost then is a waiter that nobody wakes.
/// </summary>
public sealed class ThreadPoolTests
{
    private const int Width = 200;
    private const int Rounds = 50;

    [Fact]
    public Task gather_hears_every_child() => Often(async () =>
        (await Asyncio.Gather(Works())).ShouldBe(Enumerable.Range(0, Width)));

    [Fact]
    public Task wait_counts_every_future() => Often(async () =>
    {
        Waited<Scheduled<int>> waited = await Asyncio.Wait(Works().Select(work => Asyncio.Schedule(work)).ToArray());

        waited.Done.Count.ShouldBe(Width);
    });

    [Fact]
    public Task as_completed_gives_out_every_future() => Often(async () =>
    {
        var seen = new List<int>();
        await foreach (Scheduled<int> done in Asyncio.AsCompleted(Works().Select(work => Asyncio.Schedule(work)).ToArray()))
            seen.Add(done.Result);

        seen.Order().ShouldBe(Enumerable.Range(0, Width));
    });

    [Fact]
    public Task a_group_waits_for_every_task() => Often(async () =>
    {
        int ended = 0;
        await TaskGroup.Run(async Coroutine<int> (group) =>
        {
            foreach (Coroutine<int> work in Works(after: () => Interlocked.Increment(ref ended)))
                group.Schedule(work);
            await Task.Yield();
            return 0;
        });

        ended.ShouldBe(Width);
    });

    [Fact]
    public Task a_group_that_fails_ends_once_with_every_failure() => Often(async () =>
    {
        AggregateException failures = await Should.ThrowAsync<AggregateException>(async () => await TaskGroup.Run(async Coroutine<int> (group) =>
        {
            // Once a task has failed the group takes no more of them, so the two must not fail before both are in.
            var areIn = new Future<int>();
            async Coroutine<int> FailAsync() => await areIn == 2 ? throw new FormatException("bad") : 0;
            group.Schedule(FailAsync());
            group.Schedule(FailAsync());
            areIn.SetResult(2);
            await new Future<int>();
            return 0;
        }));

        failures.InnerExceptions.ShouldAllBe(failure => failure is FormatException);
    });

    [Fact]
    public Task a_cancelled_task_ends_wherever_it_stood() => Often(async () =>
    {
        Scheduled<int> task = Asyncio.Schedule(Forever());
        await Task.Yield();
        task.Cancel();

        await Should.ThrowAsync<OperationCanceledException>(async () => await task);
    });

    private static async Coroutine<int> Forever()
    {
        while (true)
            await Asyncio.Sleep(TimeSpan.Zero, TimeProvider.System);
    }

    private static IEnumerable<Coroutine<int>> Works(Action? after = null)
    {
        async Coroutine<int> Work(int i)
        {
            await Task.Yield();
            after?.Invoke();
            return i;
        }

        return Enumerable.Range(0, Width).Select(Work);
    }

    private static Task Often(Func<Task> scene) => Task.Run(async () =>
    {
        for (int round = 0; round < Rounds; round++)
            await scene().WaitAsync(TimeSpan.FromMinutes(1));
    });
}
