using AsyncTour.Concurrency.Coroutines;
using AsyncTour.Concurrency.Waiting;

namespace AsyncTour.Concurrency.Tests.Parity;

/// <summary>The second half of wait_scenarios.py: <c>wait_for</c> and <c>timeout</c>.</summary>
public static class TimeoutScenarios
{
    public static Coroutine<None> wait_for_in_time(Scene scene) => scene.Outcome("w", WaitFor(scene, scene.Sleeper("t", 1, 5), 2));

    public static async Coroutine<None> wait_for_too_late(Scene scene)
    {
        await scene.Outcome("w", WaitFor(scene, scene.Sleeper("t", 3, 5), 2));
        scene.Say(scene.Now);
        return default;
    }

    public static async Coroutine<None> wait_for_waits_until_it_has_stopped(Scene scene)
    {
        async Coroutine<None> SlowToStop()
        {
            try
            {
                return await scene.Sleep(10);
            }
            finally
            {
                await scene.Sleep(3);
                scene.Say("stopped");
            }
        }

        await scene.Outcome("w", WaitFor(scene, SlowToStop(), 2));
        scene.Say(scene.Now);
        return default;
    }

    public static async Coroutine<None> wait_for_a_result_that_came_while_stopping(Scene scene)
    {
        async Coroutine<int> Stubborn()
        {
            try
            {
                await scene.Sleep(10);
                return 0;
            }
            catch (OperationCanceledException)
            {
                return 5;
            }
        }

        Scheduled<int> task = Asyncio.Schedule(Stubborn());
        await scene.Outcome("w", Asyncio.WaitFor(task, TimeSpan.FromSeconds(2), scene.Time));
        scene.Say(task.IsCancelled);
        return default;
    }

    public static Coroutine<None> wait_for_a_failure_passes_it_on(Scene scene) => scene.Outcome("w", WaitFor(scene, scene.Failing(1, "bad"), 2));

    public static Coroutine<None> wait_for_without_a_limit(Scene scene) => scene.Outcome("w", WaitFor(scene, scene.Sleeper("t", 100, 5), null));

    public static async Coroutine<None> cancelling_wait_for_cancels_the_inner_work(Scene scene)
    {
        Scheduled<None> waiting = Asyncio.Schedule(WaitFor(scene, scene.Sleeper("t", 10), 20));
        await scene.Sleep(1);
        waiting.Cancel();
        await scene.Outcome("w", waiting);
        return default;
    }

    public static async Coroutine<None> timeout_block_too_late(Scene scene)
    {
        await scene.Outcome("w", Timeout(scene, 1, _ => scene.Sleeper("t", 2)));
        scene.Say(((Scheduled<None>)Asyncio.CurrentTask!).Cancelling);
        return default;
    }

    public static async Coroutine<None> timeout_block_in_time(Scene scene)
    {
        TimeoutScope? seen = null;
        await Timeout(scene, 2, scope => scene.Sleeper((seen = scope) is null ? "" : "t", 1));
        scene.Say(seen!.IsExpired);
        return default;
    }

    public static async Coroutine<None> timeout_block_set_anew(Scene scene)
    {
        TimeoutScope? seen = null;
        await Timeout(scene, 1, scope =>
        {
            seen = scope;
            scope.Reschedule(TimeSpan.FromSeconds(3));
            return scene.Sleeper("t", 2);
        });
        scene.Say(seen!.IsExpired);
        return default;
    }

    public static async Coroutine<None> nested_timeouts_the_inner_first(Scene scene)
    {
        async Coroutine<None> Body()
        {
            await scene.Outcome("inner", Timeout(scene, 1, _ => scene.Sleeper("t", 5)));
            return await scene.Sleeper("u", 1);
        }

        await Timeout(scene, 3, _ => Body());
        scene.Say("outer in time");
        return default;
    }

    public static async Coroutine<None> nested_timeouts_the_outer_first(Scene scene)
    {
        async Coroutine<None> Inner()
        {
            try
            {
                return await Timeout(scene, 3, _ => scene.Sleeper("t", 5));
            }
            catch (OperationCanceledException)
            {
                scene.Say("inner only cancelled");
                throw;
            }
        }

        await scene.Outcome("outer", Timeout(scene, 1, _ => Inner()));
        return default;
    }

    public static async Coroutine<None> cancelled_from_outside_is_not_a_timeout(Scene scene)
    {
        Scheduled<None> task = Asyncio.Schedule(Timeout(scene, 5, _ => scene.Sleeper("t", 10)));
        await scene.Sleep(1);
        task.Cancel();
        await scene.Outcome("w", task);
        return default;
    }

    private static Coroutine<T> WaitFor<T>(Scene scene, Coroutine<T> coroutine, double? seconds) =>
        Asyncio.WaitFor(coroutine, seconds is { } limit ? TimeSpan.FromSeconds(limit) : null, scene.Time);

    private static Coroutine<T> Timeout<T>(Scene scene, double seconds, Func<TimeoutScope, Coroutine<T>> body) =>
        Asyncio.Timeout(TimeSpan.FromSeconds(seconds), scene.Time, body);
}
