using AsyncTour.Concurrency.Coroutines;
using AsyncTour.Concurrency.Waiting;

namespace AsyncTour.Concurrency.Tests.Parity;

/// <summary>The second half of group_scenarios.py: <c>TaskGroup</c>.</summary>
public static class GroupScenarios
{
    public static async Coroutine<None> group_waits_for_all(Scene scene)
    {
        Scheduled<int>? a = null;
        async Coroutine<None> Body(TaskGroup group)
        {
            a = group.Schedule(scene.Sleeper("a", 2, 1));
            group.Schedule(scene.Sleeper("b", 1, 2));
            scene.Say("body over");
            return default;
        }

        await TaskGroup.Run(Body);
        scene.Say(a!.Result, scene.Now);
        return default;
    }

    public static async Coroutine<None> group_failure_cancels_the_siblings(Scene scene)
    {
        async Coroutine<None> Body(TaskGroup group)
        {
            group.Schedule(scene.Failing(1, "bad"));
            group.Schedule(scene.Sleeper("sibling", 5));
            return default;
        }

        await Grouped(scene, "group", Body);
        scene.Say(scene.Now);
        return default;
    }

    public static Coroutine<None> group_failure_cancels_its_body(Scene scene)
    {
        async Coroutine<None> Body(TaskGroup group)
        {
            group.Schedule(scene.Failing(1, "bad"));
            return await scene.Sleeper("body", 5);
        }

        return Grouped(scene, "group", Body);
    }

    public static Coroutine<None> group_body_failure_cancels_the_tasks(Scene scene)
    {
        async Coroutine<None> Body(TaskGroup group)
        {
            group.Schedule(scene.Sleeper("task", 5));
            await scene.Sleep(1);
            throw new ArgumentException("body");
        }

        return Grouped(scene, "group", Body);
    }

    public static Coroutine<None> group_collects_every_failure(Scene scene)
    {
        async Coroutine<None> SlowFailure()
        {
            try
            {
                return await scene.Sleep(5);
            }
            catch (OperationCanceledException)
            {
                throw new ArgumentException("second");
            }
        }

        async Coroutine<None> Body(TaskGroup group)
        {
            group.Schedule(scene.Failing(1, "first"));
            group.Schedule(SlowFailure());
            return default;
        }

        return Grouped(scene, "group", Body);
    }

    public static async Coroutine<None> group_cancelled_from_outside(Scene scene)
    {
        async Coroutine<None> Body(TaskGroup group)
        {
            group.Schedule(scene.Sleeper("task", 5));
            return default;
        }

        Scheduled<None> whole = Asyncio.Schedule(Grouped(scene, "group", Body));
        await scene.Sleep(1);
        whole.Cancel();
        await whole;
        return default;
    }

    public static Coroutine<None> nested_groups(Scene scene)
    {
        async Coroutine<None> Inner(TaskGroup group)
        {
            group.Schedule(scene.Failing(1, "bad"));
            group.Schedule(scene.Sleeper("inner", 5));
            return default;
        }

        async Coroutine<None> Outer(TaskGroup group)
        {
            group.Schedule(scene.Sleeper("outer", 2));
            return await Grouped(scene, "inner group", Inner);
        }

        return Grouped(scene, "outer group", Outer);
    }

    public static async Coroutine<None> group_that_is_over_takes_no_more(Scene scene)
    {
        TaskGroup? over = null;
        async Coroutine<None> Body(TaskGroup group)
        {
            over = group;
            return default;
        }

        await TaskGroup.Run(Body);
        try
        {
            over!.Schedule(scene.Sleeper("t", 1));
        }
        catch (InvalidOperationException)
        {
            scene.Say("refused");
        }

        return default;
    }

    public static Coroutine<None> a_cancelled_task_is_no_failure_of_its_group(Scene scene)
    {
        async Coroutine<None> Body(TaskGroup group)
        {
            Scheduled<None> task = group.Schedule(scene.Sleeper("task", 5));
            await scene.Sleep(1);
            task.Cancel();
            return default;
        }

        return Grouped(scene, "group", Body);
    }

    /// <summary>Tells what came out of a group, and the failures inside its one exception.</summary>
    private static async Coroutine<None> Grouped(Scene scene, string label, Func<TaskGroup, Coroutine<None>> body)
    {
        try
        {
            await TaskGroup.Run(body);
            scene.Say($"{label} well");
        }
        catch (AggregateException errors)
        {
            scene.Say($"{label}![{string.Join('+', errors.InnerExceptions.Select(error => error.Message))}]");
        }
        catch (OperationCanceledException)
        {
            scene.Say($"{label}!CancelledError");
        }

        return default;
    }
}
