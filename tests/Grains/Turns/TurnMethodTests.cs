using System.Runtime.CompilerServices;
using AsyncTour.Grains.Turns;

namespace AsyncTour.Grains.Tests.Turns;

/// <summary>Async methods built by <see cref="TurnMethodBuilder{TResult}"/> are methods like any other, on a scheduler of one turn at a time.</summary>
public sealed class TurnMethodTests
{
    private static readonly AsyncLocal<string?> Ambient = new();

    [Fact]
    public Task Every_call_has_its_own_result_though_objects_are_used_again() => OnScheduler(async () =>
    {
        for (var i = 0; i < 100; i++)
        {
            (await Add(i, 1)).ShouldBe(i + 1);
        }

        int[] sums = await Task.WhenAll(Added(1), Added(2));
        sums.ShouldBe([2, 3]);

        static async Task<int> Added(int to) => await Add(to, 1);
    });

    [Fact]
    public Task A_failure_is_thrown_where_it_is_awaited() => OnScheduler(async () =>
    {
        await Should.ThrowAsync<FormatException>(async () => await Fail(before: true));
        await Should.ThrowAsync<FormatException>(async () => await Fail(before: false));
        await Should.ThrowAsync<FormatException>(async () => await FailUntyped());
    });

    [Fact]
    public Task Who_awaits_stays_on_its_scheduler() => OnScheduler(async () =>
    {
        var home = TaskScheduler.Current;
        await Add(1, 1);
        TaskScheduler.Current.ShouldBe(home);
        await Nested();
        TaskScheduler.Current.ShouldBe(home);
    });

    [Fact]
    public Task Who_awaits_elsewhere_comes_back_elsewhere() => OnScheduler(async () =>
    {
        var gate = new TaskCompletionSource();
        var adding = After(gate.Task);
        var elsewhere = Task.Factory.StartNew(
            async () =>
            {
                var home = TaskScheduler.Current;
                (await adding).ShouldBe(5);
                TaskScheduler.Current.ShouldBe(home);
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.None,
            new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler).Unwrap();
        await Task.Yield();
        gate.SetResult();
        await elsewhere;
    });

    [Fact]
    public Task Ambient_values_are_its_own() => OnScheduler(async () =>
    {
        Ambient.Value = "outer";
        (await Change()).ShouldBe("inner");
        Ambient.Value.ShouldBe("outer");
    });

    [Fact]
    public Task A_second_await_is_refused() => OnScheduler(async () =>
    {
        var adding = Add(1, 1);
        await adding;
        await Should.ThrowAsync<InvalidOperationException>(async () => await adding);
    });

    private static Task OnScheduler(Func<Task> scene) => Task.Factory.StartNew(
        scene,
        TestContext.Current.CancellationToken,
        TaskCreationOptions.None,
        new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler).Unwrap();

    [AsyncMethodBuilder(typeof(TurnMethodBuilder<>))]
    private static async ValueTask<int> Add(int a, int b)
    {
        await Task.Yield();
        return a + b;
    }

    [AsyncMethodBuilder(typeof(TurnMethodBuilder<>))]
    private static async ValueTask<int> After(Task gate)
    {
        await gate;
        return 5;
    }

    [AsyncMethodBuilder(typeof(TurnMethodBuilder))]
    private static async ValueTask Nested()
    {
        await Add(1, 2);
        await Add(3, 4);
    }

    [AsyncMethodBuilder(typeof(TurnMethodBuilder<>))]
    private static async ValueTask<int> Fail(bool before)
    {
        if (before)
        {
            throw new FormatException("bad");
        }

        await Task.Yield();
        throw new FormatException("bad");
    }

    [AsyncMethodBuilder(typeof(TurnMethodBuilder))]
    private static async ValueTask FailUntyped()
    {
        await Task.Yield();
        throw new FormatException("bad");
    }

    [AsyncMethodBuilder(typeof(TurnMethodBuilder<>))]
    private static async ValueTask<string?> Change()
    {
        Ambient.Value = "inner";
        await Task.Yield();
        return Ambient.Value;
    }
}
