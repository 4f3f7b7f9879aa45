using Orleans.Runtime;

namespace AsyncTour.Grains.Runs;

/// <summary>Calls whose answer was lost, most likely because the callee's silo died: nobody knows whether they were carried out.</summary>
internal static class LostCalls
{
    private const int MostTries = 5;

    /// <summary>Whether this is how a lost call ends.</summary>
    public static bool IsLost(Exception e) => e is SiloUnavailableException or OrleansMessageRejectionException or TimeoutException;

    /// <summary>Makes a call, again when it is lost, until it is answered. Only for calls that do the same when made twice.</summary>
    public static Task AgainAsync(Func<Task> call) => AgainAsync(async () =>
    {
        await call();
        return true;
    });

    /// <inheritdoc cref="AgainAsync(Func{Task})"/>
    public static async Task<T> AgainAsync<T>(Func<Task<T>> call)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await call();
            }
            catch (Exception e) when (IsLost(e) && tries < MostTries)
            {
                // Made again below: by then the cluster has found the callee another silo.
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
}
