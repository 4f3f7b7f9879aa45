using AsyncTour.Concurrency.Coroutines;
using AsyncTour.Concurrency.Futures;

namespace AsyncTour.Concurrency.Waiting;

public static partial class Asyncio
{
    /// <summary>Schedules the coroutine and waits for it no longer than that. Python's <c>wait_for</c>.</summary>
    /// <inheritdoc cref="WaitFor{T}(Future{T},TimeSpan?,TimeProvider)"/>
    public static async Coroutine<T> WaitFor<T>(Coroutine<T> coroutine, TimeSpan? timeout, TimeProvider time) =>
        await WaitFor(Schedule(coroutine), timeout, time);

    /// <summary>Waits for the future no longer than that. Python's <c>wait_for</c>.</summary>
    /// <param name="future">What to wait for. When the time is up, or the waiting is cancelled, it is cancelled, and waited for until it has stopped.</param>
    /// <param name="timeout">How long; null for as long as it takes; zero or less for not at all.</param>
    /// <param name="time">What the timeout is measured by.</param>
    /// <exception cref="TimeoutException">The time was up and the future has stopped. A result that came after all is returned instead.</exception>
    public static async Coroutine<T> WaitFor<T>(Future<T> future, TimeSpan? timeout, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(future);
        ArgumentNullException.ThrowIfNull(time);
        if (future.IsDone)
            return future.Result;

        var over = new Future<bool>();
        void Over(Future _) => over.TrySetResult(true);
        bool isLate = timeout <= TimeSpan.Zero;
        if (!isLate)
        {
            using var alarm = new Alarm(timeout, time, () => over.TrySetResult(false));
            future.AddDoneCallback(Over);
            try
            {
                isLate = !await over;
            }
            catch (OperationCanceledException)
            {
                if (future.IsDone)
                    return future.Result;
                await StopAsync(future);
                throw;
            }
            finally
            {
                future.RemoveDoneCallback(Over);
            }
        }

        if (isLate && !future.IsDone)
            await StopAsync(future);
        return isLate && future.IsCancelled ? throw new TimeoutException($"{future} did not end in time and was cancelled.") : future.Result;
    }

    /// <summary>Cancels the future and waits until it has stopped, however that turned out.</summary>
    private static async Coroutine<None> StopAsync(Future future)
    {
        future.Cancel();
        var stopped = new Future<bool>();
        future.AddDoneCallback(_ => stopped.TrySetResult(true));
        await stopped;
        return default;
    }
}
