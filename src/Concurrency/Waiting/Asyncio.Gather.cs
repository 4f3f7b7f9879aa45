using AsyncTour.Concurrency.Coroutines;
using AsyncTour.Concurrency.Futures;

namespace AsyncTour.Concurrency.Waiting;

public static partial class Asyncio
{
    /// <summary>Schedules the coroutines and gathers their results in the order given. Python's <c>gather</c>.</summary>
    /// <inheritdoc cref="Gather{T}(IEnumerable{Future{T}})"/>
    public static Future<IReadOnlyList<T>> Gather<T>(params IEnumerable<Coroutine<T>> coroutines) => Gather(Scheduled(coroutines));

    /// <summary>Gathers the results in the order given. Python's <c>gather</c>.</summary>
    /// <param name="futures">None makes an empty list at once.</param>
    /// <returns>
    /// A future of all the results. The first failure, or cancellation, settles it at once, and the others go on.
    /// Cancelling it cancels them all.
    /// </returns>
    public static Future<IReadOnlyList<T>> Gather<T>(params IEnumerable<Future<T>> futures)
    {
        ArgumentNullException.ThrowIfNull(futures);
        return new Gathering<T, T>([.. futures], static future => future.Result, failsAtOnce: true);
    }

    /// <summary>Schedules the coroutines and gathers every outcome. Python's <c>gather(return_exceptions=True)</c>.</summary>
    /// <inheritdoc cref="GatherOutcomes{T}(IEnumerable{Future{T}})"/>
    public static Future<IReadOnlyList<Future<T>>> GatherOutcomes<T>(params IEnumerable<Coroutine<T>> coroutines) => GatherOutcomes(Scheduled(coroutines));

    /// <summary>Gathers every outcome in the order given. Python's <c>gather(return_exceptions=True)</c>.</summary>
    /// <returns>A future of the same futures, all of them done: a failure among them is its own affair. Cancelling it cancels them all.</returns>
    public static Future<IReadOnlyList<Future<T>>> GatherOutcomes<T>(params IEnumerable<Future<T>> futures)
    {
        ArgumentNullException.ThrowIfNull(futures);
        return new Gathering<T, Future<T>>([.. futures], static future => future, failsAtOnce: false);
    }

    private static Future<T>[] Scheduled<T>(IEnumerable<Coroutine<T>> coroutines)
    {
        ArgumentNullException.ThrowIfNull(coroutines);
        return [.. coroutines.Select(coroutine => Schedule(coroutine))];
    }
}
