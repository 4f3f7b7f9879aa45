using AsyncTour.Concurrency.Tests.Turns;

namespace AsyncTour.Concurrency.Tests.Properties;

public static class VirtualCancellation
{
    /// <summary>Cancels when virtual time has come so far.</summary>
    public static void CancelAfterVirtual(this CancellationTokenSource source, VirtualTime time, int milliseconds) =>
        time.CreateTimer(_ => source.Cancel(), null, TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
}
