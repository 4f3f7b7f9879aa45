using AsyncTour.Concurrency.Coroutines;
using AsyncTour.Concurrency.Futures;

namespace AsyncTour.Concurrency.Waiting;

/// <summary>
/// Python's <c>asyncio</c> verbs, over coroutines and futures. Most return a coroutine, as in Python: nothing happens
/// until it is awaited.
/// </summary>
/// <remarks>
/// Time comes from the <see cref="TimeProvider"/> a verb is given. There is no event loop to start: the calling scheduler is the
/// loop, be it a grain's turn, a user interface's or the thread pool.
/// </remarks>
public static partial class Asyncio
{
    /// <summary>The task whose code runs now; null outside of any. Python's <c>current_task()</c>.</summary>
    public static Future? CurrentTask => Delivery.Current?.Task;

    /// <summary>
    /// A token for the awaits inside a task that are not the toolbox's own (<c>Task.Delay</c>, sockets): cancelling the
    /// task cancels it, and so interrupts them. Outside of a task it is never cancelled. Read it anew for each await.
    /// </summary>
    public static CancellationToken CancellationToken => Delivery.Current?.Token ?? default;

    /// <summary>Gives the coroutine to the scheduler: it starts on the next turn. Python's <c>create_task</c>.</summary>
    /// <param name="coroutine">A coroutine that was not awaited or scheduled before.</param>
    /// <param name="name">What the task is called; null for <c>Task-N</c>.</param>
    public static Scheduled<T> Schedule<T>(Coroutine<T> coroutine, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(coroutine);
        return new(coroutine, name);
    }

    /// <summary>A future comes back as itself. Python's <c>ensure_future</c>; where a coroutine is known, <see cref="Schedule"/> says more.</summary>
    public static Future<T> EnsureFuture<T>(Future<T> future)
    {
        ArgumentNullException.ThrowIfNull(future);
        return future;
    }

    /// <summary>A coroutine is scheduled.</summary>
    public static Future<T> EnsureFuture<T>(Coroutine<T> coroutine) => Schedule(coroutine);

    /// <summary>A .NET task seen as a future. Cancelling the future does not reach the task. Python's <c>wrap_future</c>.</summary>
    public static Future<T> WrapFuture<T>(Task<T> task)
    {
        ArgumentNullException.ThrowIfNull(task);
        var future = new Future<T>();
        _ = CopyAsync();
        return future;

        async Task CopyAsync()
        {
            try
            {
                future.TrySetResult(await task);
            }
            catch (OperationCanceledException cancelled)
            {
                future.Cancel(cancelled.Message);
            }
            catch (Exception failure)
            {
                future.TrySetException(failure);
            }
        }
    }
}
