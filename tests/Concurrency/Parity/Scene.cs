using System.Globalization;
using AsyncTour.Concurrency.Coroutines;
using AsyncTour.Concurrency.Futures;
using AsyncTour.Concurrency.Tests.Turns;
using AsyncTour.Concurrency.Waiting;

namespace AsyncTour.Concurrency.Tests.Parity;

/// <summary>What the scenarios share; the other half of helpers.py.</summary>
public sealed class Scene(TurnScheduler turn)
{
    private readonly List<string> _said = [];

    public VirtualTime Time => turn.Time;

    public double Now => turn.Time.Elapsed.TotalSeconds;

    public string Line => string.Join(", ", _said);

    public void Say(params object?[] words) => _said.AddRange(words.Select(Python));

    public Coroutine<None> Sleep(double seconds) => Asyncio.Sleep(TimeSpan.FromSeconds(seconds), Time);

    public async Coroutine<T> Sleeper<T>(string label, double seconds, T result)
    {
        try
        {
            await Sleep(seconds);
            Say($"{label} slept");
            return result;
        }
        catch (OperationCanceledException)
        {
            Say($"{label} cancelled");
            throw;
        }
    }

    public Coroutine<None> Sleeper(string label, double seconds) => Sleeper(label, seconds, default(None));

    public async Coroutine<int> Failing(double seconds, string text)
    {
        await Sleep(seconds);
        throw new ArgumentException(text);
    }

    /// <summary>Calls at that time from now, on the scheduler.</summary>
    public void CallLater(double seconds, Action call) => Asyncio.Schedule(CallLaterAsync(seconds, call));

    /// <summary>Awaits and tells what came of it.</summary>
    public async Coroutine<None> Outcome<T>(string label, Coroutine<T> coroutine)
    {
        try
        {
            Say($"{label}={Python(await coroutine)}");
        }
        catch (Exception error)
        {
            Say($"{label}!{Name(error)}");
        }

        return default;
    }

    public async Coroutine<None> Outcome<T>(string label, Future<T> future)
    {
        try
        {
            Say($"{label}={Python(await future)}");
        }
        catch (Exception error)
        {
            Say($"{label}!{Name(error)}");
        }

        return default;
    }

    public void Settle(string label, Func<object?> action)
    {
        try
        {
            Say($"{label}={Python(action())}");
        }
        catch (Exception error)
        {
            Say($"{label}!{Name(error)}");
        }
    }

    /// <summary>Python's name for what is thrown here under .NET's.</summary>
    public static string Name(Exception error) => error switch
    {
        OperationCanceledException => "CancelledError",
        TimeoutException => "TimeoutError",
        InvalidStateException => "InvalidStateError",
        ArgumentException => "ValueError",
        InvalidOperationException => "RuntimeError",
        _ => error.GetType().Name,
    };

    private async Coroutine<None> CallLaterAsync(double seconds, Action call)
    {
        await Sleep(seconds);
        call();
        return default;
    }

    private static string Python(object? word) => word switch
    {
        null => "None",
        double number => number.ToString("0.0##", CultureInfo.InvariantCulture),
        IEnumerable<int> numbers => $"[{string.Join(", ", numbers)}]",
        _ => Convert.ToString(word, CultureInfo.InvariantCulture)!,
    };
}
