using AsyncTour.Concurrency.Coroutines;
using AsyncTour.Concurrency.Futures;

namespace AsyncTour.Concurrency.Waiting;

public static partial class Asyncio
{
    /// <summary>Waits that long, holding nothing. Zero or less gives way for one turn. Python's <c>sleep</c>.</summary>
    public static Coroutine<None> Sleep(TimeSpan delay, TimeProvider time) => Sleep(delay, default(None), time);

    /// <summary>The same, with a result to come back with.</summary>
    public static async Coroutine<T> Sleep<T>(TimeSpan delay, T result, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        if (delay <= TimeSpan.Zero)
        {
            await default(NextTurn);
            return result;
        }

        var awake = new Future<T>();
        using var alarm = new Alarm(delay, time, () => awake.TrySetResult(result));
        return await awake;
    }
}
