using AsyncTour.Concurrency.Coroutines;
using AsyncTour.Concurrency.Futures;

namespace AsyncTour.Concurrency.Waiting;

public static partial class Asyncio
{
    /// <summary>Schedules the coroutine behind a shield. Keep the coroutine's own task too, or nobody can cancel it.</summary>
    /// <inheritdoc cref="Shield{T}(Future{T})"/>
    public static Future<T> Shield<T>(Coroutine<T> coroutine) => Shield(Schedule(coroutine));

    /// <summary>Stands before the future: who waits here can be cancelled without the future being cancelled. Python's <c>shield</c>.</summary>
    /// <returns>A future that is settled as the inner one is, or is cancelled alone. A future that is done is returned itself.</returns>
    public static Future<T> Shield<T>(Future<T> future)
    {
        ArgumentNullException.ThrowIfNull(future);
        if (future.IsDone)
            return future;

        var shield = new Future<T>();
        future.AddDoneCallback(_ =>
        {
            if (future.IsCancelled)
                shield.Cancel(future.Failure!.Message);
            else if (future.Failure is { } failure)
                shield.TrySetException(failure);
            else
                shield.TrySetResult(future.Result);
        });
        return shield;
    }
}
