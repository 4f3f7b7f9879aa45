using Orleans.Runtime;

namespace AsyncTour.Grains.Promises;

/// <summary>
/// Asks again while no silo answers. A call into a dead silo may hang rather than fail, so each try has an end of its own
/// as well.
/// </summary>
internal sealed class Patience(PromiseClientOptions options)
{
    private static readonly TimeSpan LongestTry = PromiseLimits.LongestWait + TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>The answer, or the last failure once patience has ended. What the promise itself refuses is not tried again.</summary>
    public async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        var silentSince = options.Time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await ask().WaitAsync(LongestTry, options.Time, cancellationToken);
            }
            catch (Exception e) when (IsSilence(e) && options.Time.GetElapsedTime(silentSince) < options.Patience)
            {
                await Task.Delay(pause, options.Time, cancellationToken);
            }
        }
    }

    private static bool IsSilence(Exception e) => e is OrleansException or TimeoutException;
}
