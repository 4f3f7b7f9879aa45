using AsyncTour.Grains.Runs;
using Orleans.Storage;

namespace AsyncTour.Grains;

/// <summary>
/// Waits while the store is away: a run that is under way then neither breaks nor shows what is not kept. Only for writes
/// that do the same when made twice, since one whose answer was lost may have been made.
/// </summary>
internal static class StoragePatience
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Makes a write, until it is made.</summary>
    public static Task UntilKeptAsync(Func<Task> write, TimeProvider time) =>
        AgainAsync(write, static e => e is StorageAwayException, time);

    /// <summary>
    /// Has another grain make a write, until it is made, however often the call is lost. One that finds another etag reads
    /// what is there and is asked again: most likely its own earlier write arrived after all.
    /// </summary>
    public static Task UntilKeptByAsync(Func<Task> call, TimeProvider time) =>
        AgainAsync(call, static e => e is StorageAwayException or InconsistentStateException || LostCalls.IsLost(e), time);

    private static Task<bool> AgainAsync(Func<Task> call, Func<Exception, bool> isPassing, TimeProvider time) => LostCalls.UntilAnsweredAsync(
        async () =>
        {
            await call();
            return true;
        },
        isPassing,
        Pause,
        time);
}
