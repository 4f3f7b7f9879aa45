using AsyncTour.Concurrency.Coroutines;
using AsyncTour.Concurrency.Futures;

namespace AsyncTour.Concurrency.Waiting;

public static partial class Asyncio
{
    /// <summary>Waits for all or some of the futures. Python's <c>wait</c>.</summary>
    /// <param name="futures">At least one. A future given twice counts once.</param>
    /// <param name="returnWhen">What to wait for.</param>
    /// <param name="timeout">When to give up; null for never. Giving up cancels nothing: the rest is told as pending.</param>
    /// <param name="time">What the timeout is measured by; not needed without one.</param>
    /// <exception cref="ArgumentException">There is no future to wait for.</exception>
    public static async Coroutine<Waited<TFuture>> Wait<TFuture>(
        IEnumerable<TFuture> futures,
        ReturnWhen returnWhen = ReturnWhen.AllCompleted,
        TimeSpan? timeout = null,
        TimeProvider? time = null)
        where TFuture : Future
    {
        ArgumentNullException.ThrowIfNull(futures);
        TFuture[] all = [.. futures.Distinct()];
        if (all.Length == 0)
            throw new ArgumentException("Set of Tasks/Futures is empty: give Wait at least one to wait for.", nameof(futures));

        var enough = new Future<bool>();
        int pending = all.Length;
        using var alarm = new Alarm(timeout, Clock(timeout, time), () => enough.TrySetResult(false));
        foreach (TFuture future in all)
            future.AddDoneCallback(Count);
        try
        {
            await enough;
        }
        finally
        {
            foreach (TFuture future in all)
                future.RemoveDoneCallback(Count);
        }

        return new([.. all.Where(future => future.IsDone)], [.. all.Where(future => !future.IsDone)]);

        void Count(Future done)
        {
            bool isEnough = Interlocked.Decrement(ref pending) == 0
                || returnWhen == ReturnWhen.FirstCompleted
                || (returnWhen == ReturnWhen.FirstException && done.State == FutureState.Failed);
            if (isEnough)
                enough.TrySetResult(true);
        }
    }

    private static TimeProvider Clock(TimeSpan? timeout, TimeProvider? time) =>
        time ?? (timeout is null ? TimeProvider.System : throw new ArgumentNullException(nameof(time), "A timeout needs a TimeProvider to be measured by."));
}
