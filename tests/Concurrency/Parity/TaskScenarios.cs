using System.Runtime.CompilerServices;
using AsyncTour.Concurrency.Coroutines;
using AsyncTour.Concurrency.Futures;
using AsyncTour.Concurrency.Waiting;

namespace AsyncTour.Concurrency.Tests.Parity;

/// <summary>The other half of task_scenarios.py.</summary>
public static class TaskScenarios
{
    public static async Coroutine<None> coroutine_is_cold(Scene scene)
    {
        Coroutine<int> coroutine = scene.Sleeper("c", 0, 5);
        await scene.Sleep(1);
        scene.Say("nothing yet");
        scene.Say(await coroutine);
        return default;
    }

    public static async Coroutine<None> coroutine_awaited_twice(Scene scene)
    {
        Coroutine<int> coroutine = scene.Sleeper("c", 0, 5);
        scene.Say(await coroutine);
        await scene.Outcome("again", coroutine);
        return default;
    }

    public static async Coroutine<None> coroutine_never_awaited_is_reported(Scene scene)
    {
        using var complaints = new HeardComplaints("'sleeper'");
        Drop();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        scene.Say(complaints.Messages[0]);
        return default;

        [MethodImpl(MethodImplOptions.NoInlining)]
        void Drop() => _ = sleeper();

        async Coroutine<None> sleeper() => await scene.Sleep(0);
    }

    public static async Coroutine<None> awaiting_a_coroutine_takes_no_turn(Scene scene)
    {
        var queued = new Future<int>();
        queued.AddDoneCallback(_ => scene.Say("queued"));
        queued.SetResult(1);

        async Coroutine<int> Inner()
        {
            scene.Say("inner");
            return 1;
        }

        scene.Say(await Inner());
        await scene.Sleep(0);
        scene.Say("end");
        return default;
    }

    public static async Coroutine<None> task_starts_on_the_next_turn(Scene scene)
    {
        Scheduled<int> task = Asyncio.Schedule(scene.Sleeper("t", 1, 5), "t");
        scene.Say("created", task.ToString()[..22]);
        scene.Say(await task, task.ToString()[..23]);
        return default;
    }

    public static async Coroutine<None> tasks_take_turns(Scene scene)
    {
        async Coroutine<None> Count(string label)
        {
            for (int i = 0; i < 3; i++)
            {
                scene.Say($"{label}{i}");
                await scene.Sleep(0);
            }

            return default;
        }

        await Asyncio.Gather(Count("a"), Count("b"));
        return default;
    }

    public static async Coroutine<None> task_cancelled_before_it_starts(Scene scene)
    {
        Scheduled<None> task = Asyncio.Schedule(scene.Sleeper("t", 1));
        scene.Say(task.Cancel(), task.IsCancelled);
        await scene.Outcome("task", task);
        scene.Say(task.IsCancelled);
        return default;
    }

    public static async Coroutine<None> task_cancelled_while_waiting(Scene scene)
    {
        Scheduled<None> task = Asyncio.Schedule(scene.Sleeper("t", 10));
        await scene.Sleep(1);
        scene.Say(task.Cancel(), task.IsDone);
        await scene.Outcome("task", task);
        scene.Say(task.IsCancelled, task.Cancel());
        return default;
    }

    public static async Coroutine<None> task_that_refuses_to_be_cancelled(Scene scene)
    {
        Scheduled<int>? task = null;
        async Coroutine<int> Stubborn()
        {
            try
            {
                await scene.Sleep(10);
            }
            catch (OperationCanceledException)
            {
                scene.Say("refused", task!.Uncancel());
            }

            return 5;
        }

        task = Asyncio.Schedule(Stubborn());
        await scene.Sleep(1);
        task.Cancel();
        scene.Say(task.Cancelling);
        await scene.Outcome("task", task);
        scene.Say(task.IsCancelled, task.Cancelling);
        return default;
    }

    public static async Coroutine<None> cancelling_a_task_cancels_the_future_it_awaits(Scene scene)
    {
        var future = new Future<int>();
        Scheduled<None> task = Asyncio.Schedule(scene.Outcome("inner", future));
        await scene.Sleep(0);
        task.Cancel();
        await scene.Sleep(1);
        scene.Say(future.IsCancelled);
        return default;
    }

    public static async Coroutine<None> cancelled_between_done_and_resumed(Scene scene)
    {
        var future = new Future<int>();
        Scheduled<None> task = Asyncio.Schedule(scene.Outcome("inner", future));
        await scene.Sleep(0);
        future.SetResult(1);
        task.Cancel();
        await scene.Sleep(1);
        scene.Say(future.IsCancelled, task.IsDone);
        return default;
    }

    public static async Coroutine<None> task_that_cancels_itself(Scene scene)
    {
        async Coroutine<None> Suicidal()
        {
            Asyncio.CurrentTask!.Cancel();
            scene.Say("going on");
            await scene.Sleep(0);
            scene.Say("never said");
            return default;
        }

        await scene.Outcome("task", Asyncio.Schedule(Suicidal()));
        return default;
    }

    public static async Coroutine<None> cancelled_at_its_very_end(Scene scene)
    {
        async Coroutine<int> LastWords()
        {
            Asyncio.CurrentTask!.Cancel();
            return 5;
        }

        await scene.Outcome("task", Asyncio.Schedule(LastWords()));
        return default;
    }

    public static async Coroutine<None> cancellation_goes_through_nested_coroutines(Scene scene)
    {
        async Coroutine<None> Outer()
        {
            try
            {
                return await scene.Sleeper("inner", 10);
            }
            finally
            {
                scene.Say("outer cleaned up");
            }
        }

        Scheduled<None> task = Asyncio.Schedule(Outer());
        await scene.Sleep(1);
        task.Cancel();
        await scene.Outcome("task", task);
        return default;
    }

    public static async Coroutine<None> cleaning_up_may_wait(Scene scene)
    {
        async Coroutine<None> Careful()
        {
            try
            {
                return await scene.Sleep(10);
            }
            finally
            {
                await scene.Sleep(1);
                scene.Say("cleaned up");
            }
        }

        Scheduled<None> task = Asyncio.Schedule(Careful());
        await scene.Sleep(1);
        task.Cancel();
        await scene.Outcome("task", task);
        scene.Say(scene.Now);
        return default;
    }

    public static async Coroutine<None> tasks_cannot_be_settled_by_hand(Scene scene)
    {
        Scheduled<int> task = Asyncio.Schedule(scene.Sleeper("t", 1, 5));
        try
        {
            task.SetResult(1);
        }
        catch (InvalidOperationException)
        {
            scene.Say("refused");
        }

        scene.Say(await task);
        return default;
    }

    public static async Coroutine<None> ensure_future_of_a_future_is_itself(Scene scene)
    {
        var future = new Future<int>();
        scene.Say(ReferenceEquals(Asyncio.EnsureFuture(future), future));
        Future<int> task = Asyncio.EnsureFuture(scene.Sleeper("t", 1, 5));
        scene.Say(await task);
        return default;
    }
}
