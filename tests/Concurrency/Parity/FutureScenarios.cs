using AsyncTour.Concurrency.Coroutines;
using AsyncTour.Concurrency.Futures;
using AsyncTour.Concurrency.Waiting;

namespace AsyncTour.Concurrency.Tests.Parity;

/// <summary>The other half of future_scenarios.py.</summary>
public static class FutureScenarios
{
    public static async Coroutine<None> future_is_pending_at_first(Scene scene)
    {
        var future = new Future<string>();
        scene.Say(future, future.IsDone, future.IsCancelled);
        scene.Settle("result", () => future.Result);
        scene.Settle("exception", () => future.Exception);
        return default;
    }

    public static async Coroutine<None> future_with_a_result(Scene scene)
    {
        var future = new Future<string>();
        future.SetResult("Sam");
        scene.Say(future, future.IsDone, future.IsCancelled, future.Result, future.Exception);
        return default;
    }

    public static async Coroutine<None> future_settled_twice(Scene scene)
    {
        var future = new Future<int>();
        future.SetResult(1);
        scene.Settle("again", () => { future.SetResult(2); return null; });
        scene.Settle("exception", () => { future.SetException(new ArgumentException()); return null; });
        scene.Say(future.Result);
        return default;
    }

    public static async Coroutine<None> future_cancelled_after_done(Scene scene)
    {
        var future = new Future<int>();
        future.SetResult(1);
        scene.Say(future.Cancel(), future.IsCancelled, future.Result);
        return default;
    }

    public static async Coroutine<None> future_settled_after_cancel(Scene scene)
    {
        var future = new Future<int>();
        scene.Say(future.Cancel(), future);
        scene.Settle("set", () => { future.SetResult(1); return null; });
        scene.Settle("result", () => future.Result);
        scene.Settle("exception", () => future.Exception);
        scene.Say(future.Cancel());
        return default;
    }

    public static async Coroutine<None> future_with_an_exception(Scene scene)
    {
        var future = new Future<int>();
        future.SetException(new ArgumentException("bad"));
        scene.Settle("result", () => future.Result);
        scene.Say(Scene.Name(future.Exception!), future.IsCancelled);
        await scene.Outcome("await", future);
        return default;
    }

    public static async Coroutine<None> callbacks_run_in_order_and_later(Scene scene)
    {
        var future = new Future<int>();
        foreach (char label in "abc")
            future.AddDoneCallback(_ => scene.Say(label));
        future.SetResult(1);
        scene.Say("set");
        await scene.Sleep(0);
        scene.Say("end");
        return default;
    }

    public static async Coroutine<None> callback_added_after_done_runs_next_turn(Scene scene)
    {
        var future = new Future<int>();
        future.SetResult(1);
        future.AddDoneCallback(_ => scene.Say($"called {future.Result}"));
        scene.Say("added");
        await scene.Sleep(0);
        scene.Say("end");
        return default;
    }

    public static async Coroutine<None> callback_removed(Scene scene)
    {
        var future = new Future<int>();
        void Callback(Future _) => scene.Say("called");
        future.AddDoneCallback(Callback);
        future.AddDoneCallback(Callback);
        scene.Say(future.RemoveDoneCallback(Callback), future.RemoveDoneCallback(Callback));
        future.SetResult(1);
        await scene.Sleep(0);
        scene.Say("end");
        return default;
    }

    public static async Coroutine<None> callback_that_throws_spares_the_others(Scene scene)
    {
        using var complaints = new HeardComplaints("a broken callback");
        var future = new Future<int>();
        future.AddDoneCallback(_ => throw new ArgumentException("a broken callback"));
        future.AddDoneCallback(_ => scene.Say("second"));
        future.SetResult(1);
        await scene.Sleep(0);
        scene.Say(await future, complaints.Count);
        return default;
    }

    public static async Coroutine<None> callbacks_and_waiters_share_one_queue(Scene scene)
    {
        var future = new Future<int>();
        async Coroutine<None> Waiter(string label)
        {
            await future;
            scene.Say(label);
            return default;
        }

        Scheduled<None> first = Asyncio.Schedule(Waiter("first"));
        await scene.Sleep(0);
        future.AddDoneCallback(_ => scene.Say("callback"));
        Scheduled<None> second = Asyncio.Schedule(Waiter("second"));
        await scene.Sleep(0);
        future.SetResult(1);
        await first;
        await second;
        return default;
    }

    public static async Coroutine<None> two_wait_for_one_future(Scene scene)
    {
        var future = new Future<int>();
        Scheduled<None>[] tasks = [Asyncio.Schedule(scene.Outcome("a", future)), Asyncio.Schedule(scene.Outcome("b", future))];
        await scene.Sleep(1);
        future.SetResult(7);
        await Asyncio.Wait(tasks);
        return default;
    }
}
