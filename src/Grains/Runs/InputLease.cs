namespace AsyncTour.Grains.Runs;

/// <summary>
/// How a run notices that whoever feeds it has gone. Every append renews the lease, an empty one too; when it lapses, nobody
/// will say that the input has ended, and the run need not wait for it. While an append is being answered it cannot lapse.
/// </summary>
/// <param name="term">How long a silence means nothing.</param>
internal sealed class InputLease(TimeSpan term, TimeProvider time)
{
    // A timer cannot be set for much longer than a month.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);

    private readonly CancellationTokenSource _over = new();
    private long _renewed = time.GetTimestamp();
    private int _held;

    /// <summary>An append has come in.</summary>
    public void Hold() => _held++;

    /// <summary>It is answered.</summary>
    public void Release()
    {
        _held--;
        _renewed = time.GetTimestamp();
    }

    /// <summary>Nobody waits for the input any more: it is complete, or the run is somebody else's.</summary>
    public void End() => _over.Cancel();

    /// <summary>Answers whether the lease has lapsed, as soon as it has; false once it is over.</summary>
    public async Task<bool> LapsedAsync()
    {
        try
        {
            while (Left() is var left && left > TimeSpan.Zero)
            {
                await Task.Delay(left < LongestDelay ? left : LongestDelay, time, _over.Token);
            }

            return !_over.IsCancellationRequested;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private TimeSpan Left() => _held > 0 ? term : term - time.GetElapsedTime(_renewed);
}
