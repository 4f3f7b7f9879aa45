using AsyncTour.Concurrency.Coroutines;
using AsyncTour.Concurrency.Futures;
using AsyncTour.Concurrency.Waiting;

namespace AsyncTour.Concurrency.Tests.Parity;

/// <summary>The first half of group_scenarios.py: <c>gather</c> and <c>shield</c>.</summary>
public static class GatherScenarios
{
    public static async Coroutine<None> gather_keeps_the_order(Scene scene)
    {
        scene.Say(await Asyncio.Gather(scene.Sleeper("a", 2, 1), scene.Sleeper("b", 1, 2)));
        return default;
    }

    public static async Coroutine<None> gather_nothing(Scene scene)
    {
        scene.Say(await Asyncio.Gather(Array.Empty<Future<int>>()));
        return default;
    }

    public static async Coroutine<None> gather_fails_at_once_and_the_others_go_on(Scene scene)
    {
        Scheduled<int> other = Asyncio.Schedule(scene.Sleeper("b", 2, 2));
        await scene.Outcome("g", Asyncio.Gather<int>(Asyncio.EnsureFuture(scene.Failing(1, "a")), other));
        scene.Say(other.IsDone, await other);
        return default;
    }

    public static async Coroutine<None> gather_tells_every_outcome(Scene scene)
    {
        IReadOnlyList<Future<int>> outcomes = await Asyncio.GatherOutcomes(scene.Failing(1, "a"), scene.Sleeper("b", 2, 2));
        scene.Say(Scene.Name(outcomes[0].Exception!), outcomes[1].Result);
        return default;
    }

    public static async Coroutine<None> gather_cancelled_cancels_all(Scene scene)
    {
        Future<IReadOnlyList<None>> gathering = Asyncio.Gather(scene.Sleeper("a", 5), scene.Sleeper("b", 5));
        await scene.Sleep(1);
        scene.Say(gathering.Cancel(), gathering.IsDone);
        await scene.Outcome("g", gathering);
        return default;
    }

    public static async Coroutine<None> gather_of_a_cancelled_child(Scene scene)
    {
        Scheduled<int> child = Asyncio.Schedule(scene.Sleeper("a", 5, 1));
        Scheduled<int> other = Asyncio.Schedule(scene.Sleeper("b", 2, 2));
        scene.CallLater(1, () => child.Cancel());
        await scene.Outcome("g", Asyncio.Gather<int>(child, other));
        scene.Say(await other);
        return default;
    }

    public static async Coroutine<None> shield_keeps_the_inner_work(Scene scene)
    {
        Scheduled<int> inner = Asyncio.Schedule(scene.Sleeper("inner", 2, 5));
        Scheduled<None> waiting = Asyncio.Schedule(scene.Outcome("outer", Asyncio.Shield(inner)));
        await scene.Sleep(1);
        waiting.Cancel();
        await waiting;
        scene.Say(inner.IsDone, await inner);
        return default;
    }

    public static async Coroutine<None> shield_passes_results_and_failures(Scene scene)
    {
        await scene.Outcome("good", Asyncio.Shield(scene.Sleeper("a", 1, 5)));
        await scene.Outcome("bad", Asyncio.Shield(scene.Failing(1, "b")));
        return default;
    }

    public static async Coroutine<None> shield_of_a_cancelled_inner(Scene scene)
    {
        Scheduled<None> inner = Asyncio.Schedule(scene.Sleeper("inner", 5));
        Future<None> shield = Asyncio.Shield(inner);
        await scene.Sleep(1);
        inner.Cancel();
        await scene.Outcome("outer", shield);
        scene.Say(shield.IsCancelled);
        return default;
    }

    public static async Coroutine<None> shield_of_a_done_future_is_itself(Scene scene)
    {
        var future = new Future<int>();
        future.SetResult(1);
        scene.Say(ReferenceEquals(Asyncio.Shield(future), future));
        return default;
    }

    public static async Coroutine<None> wait_for_a_shield_leaves_the_inner_work(Scene scene)
    {
        Scheduled<int> inner = Asyncio.Schedule(scene.Sleeper("inner", 3, 5));
        await scene.Outcome("w", Asyncio.WaitFor(Asyncio.Shield(inner), TimeSpan.FromSeconds(1), scene.Time));
        scene.Say(inner.IsDone, await inner);
        return default;
    }
}
