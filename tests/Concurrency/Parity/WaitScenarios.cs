using AsyncTour.Concurrency.Coroutines;
using AsyncTour.Concurrency.Futures;
using AsyncTour.Concurrency.Waiting;

namespace AsyncTour.Concurrency.Tests.Parity;

/// <summary>The first half of wait_scenarios.py: <c>wait</c> and <c>as_completed</c>.</summary>
public static class WaitScenarios
{
    public static Coroutine<None> wait_for_all(Scene scene) => Waited(scene, Three(scene));

    public static Coroutine<None> wait_for_the_first(Scene scene) => Waited(scene, Three(scene), ReturnWhen.FirstCompleted);

    public static Coroutine<None> wait_for_the_first_exception(Scene scene) => Waited(scene, Three(scene), ReturnWhen.FirstException);

    public static Coroutine<None> first_exception_without_any_waits_for_all(Scene scene) => Waited(
        scene,
        [("x", Asyncio.Schedule(scene.Sleeper("x", 1, 0))), ("y", Asyncio.Schedule(scene.Sleeper("y", 2, 0)))],
        ReturnWhen.FirstException);

    public static async Coroutine<None> a_cancellation_is_no_first_exception(Scene scene)
    {
        (string Label, Future Task)[] tasks = Three(scene);
        scene.CallLater(0.5, () => tasks[1].Task.Cancel());
        Waited<Future> waited = await Asyncio.Wait(tasks.Select(task => task.Task), ReturnWhen.FirstException);
        scene.Say(Told(tasks, waited.Done));
        tasks[2].Task.Cancel();
        await Asyncio.Wait(tasks.Select(task => task.Task));
        scene.Say(Scene.Name(tasks[0].Task.Exception!));
        return default;
    }

    public static Coroutine<None> wait_timeout_cancels_nothing(Scene scene) => Waited(scene, Three(scene), timeout: 1.5);

    public static async Coroutine<None> wait_for_nothing_is_refused(Scene scene)
    {
        try
        {
            await Asyncio.Wait(Array.Empty<Future>());
        }
        catch (ArgumentException)
        {
            scene.Say("refused");
        }

        return default;
    }

    public static async Coroutine<None> cancelling_a_wait_leaves_its_tasks(Scene scene)
    {
        Scheduled<int> task = Asyncio.Schedule(scene.Sleeper("t", 2, 5));
        Scheduled<Waited<Future>> waiting = Asyncio.Schedule(Asyncio.Wait<Future>([task]));
        await scene.Sleep(1);
        waiting.Cancel();
        await scene.Sleep(0);
        scene.Say(waiting.IsCancelled, task.IsDone);
        scene.Say(await task);
        return default;
    }

    public static async Coroutine<None> as_completed_in_order_of_completion(Scene scene)
    {
        Scheduled<string>[] tasks =
        [
            Asyncio.Schedule(scene.Sleeper("a", 3, "A")),
            Asyncio.Schedule(scene.Sleeper("b", 1, "B")),
            Asyncio.Schedule(scene.Sleeper("c", 2, "C")),
        ];
        await foreach (Scheduled<string> next in Asyncio.AsCompleted(tasks))
            scene.Say(await next);
        return default;
    }

    public static async Coroutine<None> as_completed_runs_out_of_time(Scene scene)
    {
        Scheduled<string>[] tasks = [Asyncio.Schedule(scene.Sleeper("a", 1, "A")), Asyncio.Schedule(scene.Sleeper("b", 3, "B"))];
        try
        {
            await foreach (Scheduled<string> next in Asyncio.AsCompleted(tasks, TimeSpan.FromSeconds(2), scene.Time))
                scene.Say(await next);
        }
        catch (TimeoutException)
        {
            scene.Say("out of time");
        }

        scene.Say(tasks[1].IsDone, await tasks[1]);
        return default;
    }

    private static (string Label, Future Task)[] Three(Scene scene) =>
    [
        ("a", Asyncio.Schedule(scene.Failing(2, "a"))),
        ("b", Asyncio.Schedule(scene.Sleeper("b", 1, 0))),
        ("c", Asyncio.Schedule(scene.Sleeper("c", 3, 0))),
    ];

    private static async Coroutine<None> Waited(
        Scene scene,
        (string Label, Future Task)[] tasks,
        ReturnWhen returnWhen = ReturnWhen.AllCompleted,
        double? timeout = null)
    {
        Future[] all = [.. tasks.Select(task => task.Task)];
        TimeSpan? limit = timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        (IReadOnlyList<Future> done, IReadOnlyList<Future> pending) = await Asyncio.Wait(all, returnWhen, limit, scene.Time);
        scene.Say($"done {Told(tasks, done)}", $"pending {Told(tasks, pending)}", scene.Now);
        await Asyncio.Wait(all);
        foreach (Future future in all)
            _ = future.Exception;
        return default;
    }

    private static string Told((string Label, Future Task)[] tasks, IReadOnlyList<Future> some) =>
        some.Count == 0 ? "none" : string.Join('+', tasks.Where(task => some.Contains(task.Task)).Select(task => task.Label));
}
