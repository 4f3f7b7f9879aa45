using Orleans.Runtime;

namespace AsyncTour.Grains.Runs;

/// <summary>Calls that were not answered: the callee's silo died, or the call or its answer was lost on its way.</summary>
internal static class LostCalls
{
    private const int MostTries = 8;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>Whether this is how a lost call ends. Unless it <see cref="IsRejected"/>, nobody knows whether it was carried out.</summary>
    /// <param name="e">How it ended.</param>
    /// <param name="stop">What the caller stops it by. A call that was cancelled otherwise was called off by a silo.</param>
    public static bool IsLost(Exception e, CancellationToken stop = default) =>
        e is OrleansMessageRejectionException or TimeoutException || (e is OperationCanceledException && !stop.IsCancellationRequested);

    /// <summary>Whether this is how a lost call ends that reached nobody, as while a silo is dead and the others do not know yet.</summary>
    public static bool IsRejected(Exception e) => e is OrleansMessageRejectionException and not SiloUnavailableException;

    /// <summary>Makes a call, again when it is lost, until it is answered. Only for calls that do the same when made twice.</summary>
    public static Task AgainAsync(Func<Task> call, TimeProvider time) => AgainAsync(
        async () =>
        {
            await call();
            return true;
        },
        time);

    /// <inheritdoc cref="AgainAsync(Func{Task}, TimeProvider)"/>
    public static async Task<T> AgainAsync<T>(Func<Task<T>> call, TimeProvider time)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await call();
            }
            catch (Exception e) when (IsLost(e) && tries < MostTries)
            {
                // By the next try the cluster may have found the callee another silo.
                await Task.Delay(PauseAfter(tries), time);
            }
        }
    }

    /// <summary>
    /// Makes a call, again after a pause when it ends in a way that passes, however long that takes. Only for calls that do
    /// the same when made twice.
    /// </summary>
    public static async Task<T> UntilAnsweredAsync<T>(Func<Task<T>> call, Func<Exception, bool> isPassing, TimeSpan pause, TimeProvider time)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (Exception e) when (isPassing(e))
            {
                await Task.Delay(pause, time);
            }
        }
    }

    // Longer with each try.
    private static TimeSpan PauseAfter(int tries) => TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(tries - 1, 10)));
}
