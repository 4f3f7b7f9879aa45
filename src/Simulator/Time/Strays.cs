using System.Diagnostics;

namespace AsyncTour.Simulator.Time;

/// <summary>
/// Notices when anything of the simulation is touched from another thread than its own: a continuation has left the scheduler, and
/// from then on chance decides and not the seed.
/// </summary>
internal sealed class Strays
{
    private readonly ManualResetEventSlim _reported = new();
    private int _home;
    private string? _report;

    /// <summary>Whether the calling thread is not the simulation's. Between runs no thread is.</summary>
    public bool IsStray => _home != 0 && Environment.CurrentManagedThreadId != _home;

    /// <summary>The first that strayed, in words; null when none has.</summary>
    public string? Found => Volatile.Read(ref _report);

    /// <summary>The calling thread is the simulation's until <see cref="Leave"/>.</summary>
    public void Settle() => _home = Environment.CurrentManagedThreadId;

    public void Leave() => _home = 0;

    /// <summary>A last chance, in real time, for what left to come back, before a simulation is said to be stuck.</summary>
    public bool WaitForOne(TimeSpan patience) => _reported.Wait(patience);

    /// <param name="how">What the stray did, as the middle of a sentence.</param>
    /// <param name="item">What it brought: the task of a continuation, or a message.</param>
    public void Report(string how, object? item = null)
    {
        var culprit = OnStack() ?? Continuation(item as Task);
        var report = $"{culprit ?? "Some code"} {how} from another thread, {ThreadName()}: a continuation left the simulation. "
            + "It awaited something that is not of the simulation (ConfigureAwait(false), Task.Run, a Task.Delay without the TimeProvider, a semaphore's WaitAsync with a token, I/O).";
        if (Interlocked.CompareExchange(ref _report, report, null) is null)
            _reported.Set();
    }

    private static string ThreadName() =>
        Thread.CurrentThread.IsThreadPoolThread ? "one of the thread pool's" : Thread.CurrentThread.Name ?? "one of its own";

    /// <summary>The method that is running on the wrong thread, if it is running.</summary>
    private static string? OnStack()
    {
        foreach (var frame in new StackTrace().GetFrames())
        {
            if (frame.GetMethod()?.DeclaringType is { } type && !IsOfThePlatform(type))
                return StateMachine.NameOf(type) ?? $"{type.Name}.{frame.GetMethod()!.Name}";
        }

        return null;
    }

    /// <summary>The method whose await was completed from the wrong thread: it is the state that the continuation's task carries.</summary>
    private static string? Continuation(Task? task)
    {
        var state = task?.AsyncState is Delegate { Target: { } target } ? target : task?.AsyncState;
        for (var type = state?.GetType(); type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericArguments().Select(StateMachine.NameOf).OfType<string>().FirstOrDefault() is { } name)
                return name;
        }

        return null;
    }

    private static bool IsOfThePlatform(Type type) =>
        type.Assembly == typeof(Strays).Assembly || type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true
        || type.Assembly.IsDynamic;
}

/// <summary>The compiler's names for async methods, read back.</summary>
internal static class StateMachine
{
    /// <summary><c>Grain.Method</c> for the type behind an async method; null for other types.</summary>
    public static string? NameOf(Type type)
    {
        var name = type.Name;
        var end = name.IndexOf('>', StringComparison.Ordinal);
        return name.StartsWith('<') && end > 1 && type.DeclaringType is { } owner ? $"{owner.Name}.{name[1..end]}" : null;
    }
}
