using AsyncTour.Concurrency.Coroutines;

namespace AsyncTour.Concurrency.Waiting;

public static partial class Asyncio
{
    /// <summary>Runs the body, and cancels it when its time is up. Python's <c>async with timeout(…)</c>.</summary>
    /// <param name="delay">How long from now; null for no limit until one is set.</param>
    /// <param name="time">What the time is measured by.</param>
    /// <param name="body">Runs in the calling task. Its scope can set the deadline anew and tell whether it has passed.</param>
    /// <exception cref="TimeoutException">The time was up, and the body let its cancellation out.</exception>
    public static async Coroutine<T> Timeout<T>(TimeSpan? delay, TimeProvider time, Func<TimeoutScope, Coroutine<T>> body)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(body);
        if (Delivery.Current is not { } task)
            return await Schedule(Timeout(delay, time, body));

        using var scope = new TimeoutScope(delay, time, task);
        try
        {
            T result = await body(scope);
            scope.TryExpire();
            return result;
        }
        catch (OperationCanceledException cancelled) when (scope.TryExpire())
        {
            throw new TimeoutException("The body did not end in time and was cancelled.", cancelled);
        }
    }
}
