namespace AsyncTour.Concurrency.Limits;

/// <summary>A token of a <see cref="CapacityLimiter"/> in somebody's hand. Disposing it, once or more, gives it back once.</summary>
public sealed class CapacityToken : IDisposable
{
    private CapacityLimiter? _limiter;

    internal CapacityToken(CapacityLimiter limiter, object borrower)
    {
        _limiter = limiter;
        Borrower = borrower;
    }

    /// <summary>Who holds it.</summary>
    public object Borrower { get; }

    public void Dispose() => Interlocked.Exchange(ref _limiter, null)?.Release(Borrower);
}
