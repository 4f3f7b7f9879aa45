using System.Diagnostics.CodeAnalysis;
using AsyncTour.Concurrency.Pools;

namespace AsyncTour.Concurrency.Limits;

/// <summary>
/// Keeps the times of the last starts, as many as there are permits; the next start is allowed once the oldest of
/// them is far enough in the past. One job is held in hand while waiting, so that an input that has ended is known to
/// have ended at once and not after a last, pointless wait.
/// </summary>
internal sealed class RateLimitedSource<TJob>(RateLimit limit, IJobSource<TJob> source, TimeProvider time) : IJobSource<TJob>
{
    private readonly Queue<long> _starts = new();
    private TJob? _inHand;
    private bool _hasInHand;
    private string? _heldInHand;

    public string? HeldBy { get; private set; }

    public bool TryTake([MaybeNullWhen(false)] out TJob job)
    {
        job = default;
        if (TimeToNextStart() > TimeSpan.Zero)
            return false;
        if (!_hasInHand && !TryPickUp())
            return false;

        job = _inHand!;
        HeldBy = _heldInHand;
        _inHand = default;
        _hasInHand = false;
        if (_starts.Count == limit.Permits)
            _starts.Dequeue();
        _starts.Enqueue(time.GetTimestamp());
        return true;
    }

    public async ValueTask<bool> WaitToTakeAsync(CancellationToken cancellation)
    {
        while (!_hasInHand && !TryPickUp())
        {
            if (!await source.WaitToTakeAsync(cancellation))
                return false;
        }

        // A timer may fire a little early by this clock, and then the wait goes on.
        while (TimeToNextStart() is var wait && wait > TimeSpan.Zero)
        {
            _heldInHand = $"rate {limit}";
            await Task.Delay(wait, time, cancellation);
        }

        return true;
    }

    public void Finished(TJob job) => source.Finished(job);

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private bool TryPickUp()
    {
        if (!source.TryTake(out TJob? job))
            return false;

        _inHand = job;
        _heldInHand = source.HeldBy;
        return _hasInHand = true;
    }

    private TimeSpan TimeToNextStart() =>
        _starts.Count < limit.Permits ? TimeSpan.Zero : limit.Per - time.GetElapsedTime(_starts.Peek());
}
