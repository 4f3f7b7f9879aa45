namespace AsyncTour.Concurrency.Pools;

/// <summary>A map nobody reads yet: a description. Reading it starts it; it can be read once, for its input can.</summary>
internal sealed class MapSequence<TInput, TResult>(MapPlan<TInput, TResult> plan, Feeds pool, Lanes<Work> lanes, int ahead, CancellationToken cancellation)
    : IAsyncEnumerable<Outcome<TInput, TResult>>
{
    private int _isRead;

    public IAsyncEnumerator<Outcome<TInput, TResult>> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _isRead, 1) == 1)
            throw new InvalidOperationException("This map has been read, or is being read. Call Map again to run the jobs again.");

        return new MapReader<TInput, TResult>(new(plan, pool, lanes, ahead, cancellation, cancellationToken), plan, pool, cancellation, cancellationToken);
    }
}
