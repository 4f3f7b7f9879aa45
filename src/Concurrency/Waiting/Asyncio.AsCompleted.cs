using System.Runtime.CompilerServices;
using AsyncTour.Concurrency.Futures;

namespace AsyncTour.Concurrency.Waiting;

public static partial class Asyncio
{
    /// <summary>The futures as they get done: each is done when it is given out, and says for itself how. Python's <c>as_completed</c>.</summary>
    /// <param name="futures">A future given twice is given out once.</param>
    /// <param name="timeout">When to give up, counted from the first look; null for never.</param>
    /// <param name="time">What the timeout is measured by; not needed without one.</param>
    /// <param name="cancellation">Ends the waiting, and cancels none of the futures.</param>
    /// <exception cref="TimeoutException">The time was up with futures pending. They are not cancelled.</exception>
    public static async IAsyncEnumerable<TFuture> AsCompleted<TFuture>(
        IEnumerable<TFuture> futures,
        TimeSpan? timeout = null,
        TimeProvider? time = null,
        [EnumeratorCancellation] CancellationToken cancellation = default)
        where TFuture : Future
    {
        ArgumentNullException.ThrowIfNull(futures);
        TFuture[] all = [.. futures.Distinct()];
        var arrivals = new Arrivals<TFuture>();
        void Hear(Future future) => arrivals.Add((TFuture)future);

        using var alarm = new Alarm(timeout, Clock(timeout, time), arrivals.GiveUp);
        using CancellationTokenRegistration registration = cancellation.UnsafeRegister(_ => arrivals.Cancel(), null);
        foreach (TFuture future in all)
            future.AddDoneCallback(Hear);
        try
        {
            for (int pending = all.Length; pending > 0; pending--)
            {
                cancellation.ThrowIfCancellationRequested();
                await arrivals.Any();
                yield return arrivals.Take() ?? throw new TimeoutException($"{pending} (of {all.Length}) futures unfinished");
            }
        }
        finally
        {
            foreach (TFuture future in all)
                future.RemoveDoneCallback(Hear);
        }
    }
}
