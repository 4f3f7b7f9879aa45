using AsyncTour.Concurrency.Futures;

namespace AsyncTour.Concurrency.Limits;

/// <summary>
/// A number of tokens, and a list of who holds them. Trio's <c>CapacityLimiter</c>; without named borrowers, asyncio's
/// <c>Semaphore</c>.
/// </summary>
/// <remarks>
/// Tokens go to waiters first come, first served. A borrower holds one token at most: asking twice is a deadlock in the
/// making and is refused at once. Borrowers are told apart by <see cref="object.Equals(object?)"/>. Waiters come back
/// on the scheduler they waited on.
/// </remarks>
public sealed class CapacityLimiter
{
    private readonly Lock _gate = new();
    private readonly HashSet<object> _holders = [];
    private readonly List<object> _holdersInOrder = [];
    private readonly LinkedList<Waiter> _waiters = new();
    private int _totalTokens;

    /// <param name="totalTokens">Tokens, at least 1.</param>
    public CapacityLimiter(int totalTokens) => _totalTokens = AtLeastOne(totalTokens);

    /// <summary>
    /// How many tokens there are. Raised, it lets waiters in at once; lowered below what is held, it takes nothing
    /// away, and nobody gets in until enough has come back.
    /// </summary>
    public int TotalTokens
    {
        get => _totalTokens;
        set
        {
            lock (_gate)
            {
                _totalTokens = AtLeastOne(value);
                LetInLocked();
            }
        }
    }

    /// <summary>Who holds and who waits, at this moment.</summary>
    public LimiterStatistics Statistics
    {
        get
        {
            lock (_gate)
                return new(_totalTokens, [.. _holdersInOrder], [.. _waiters.Select(waiter => waiter.Borrower)]);
        }
    }

    /// <summary>Takes a token if one is free and nobody waits for it. Never waits.</summary>
    /// <param name="borrower">Who will hold it; it gives it back with <see cref="Release"/>.</param>
    /// <exception cref="InvalidOperationException">The borrower holds a token already.</exception>
    public bool TryAcquire(object borrower)
    {
        ArgumentNullException.ThrowIfNull(borrower);
        lock (_gate)
            return TryAcquireLocked(borrower);
    }

    /// <summary>Waits for a token. Disposing the answer gives it back.</summary>
    /// <param name="borrower">Who will hold it; null for somebody without a name.</param>
    /// <param name="cancellation">Ends the wait; no token is lost by it.</param>
    /// <exception cref="InvalidOperationException">The borrower holds a token, or waits for one, already.</exception>
    public async ValueTask<CapacityToken> AcquireAsync(object? borrower = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        borrower ??= new object();
        LinkedListNode<Waiter> place;
        lock (_gate)
        {
            if (TryAcquireLocked(borrower))
                return new(this, borrower);
            place = _waiters.AddLast(new Waiter(borrower, new Future<bool>()));
        }

        using (cancellation.UnsafeRegister(_ => GiveUp(place), null))
        {
            try
            {
                await place.Value.LetIn;
            }
            catch (OperationCanceledException)
            {
                throw new OperationCanceledException(cancellation);
            }
        }

        return new(this, borrower);
    }

    /// <summary>Gives a token back. The first who waits gets it.</summary>
    /// <exception cref="InvalidOperationException">The borrower holds none.</exception>
    public void Release(object borrower)
    {
        ArgumentNullException.ThrowIfNull(borrower);
        lock (_gate)
        {
            if (!_holders.Remove(borrower))
                throw new InvalidOperationException($"{borrower} holds no token of this limiter and cannot give one back.");
            _holdersInOrder.Remove(borrower);
            LetInLocked();
        }
    }

    private static int AtLeastOne(int tokens)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tokens, 1);
        return tokens;
    }

    private bool TryAcquireLocked(object borrower)
    {
        RefuseSecondLocked(borrower);
        if (_waiters.Count > 0 || _holders.Count >= _totalTokens)
            return false;

        HoldLocked(borrower);
        return true;
    }

    private void RefuseSecondLocked(object borrower)
    {
        if (_holders.Contains(borrower))
            throw new InvalidOperationException($"{borrower} already holds a token of this limiter: one borrower, one token.");
        if (_waiters.Any(waiter => waiter.Borrower.Equals(borrower)))
            throw new InvalidOperationException($"{borrower} already waits for a token of this limiter: one borrower, one token.");
    }

    private void HoldLocked(object borrower)
    {
        _holders.Add(borrower);
        _holdersInOrder.Add(borrower);
    }

    private void LetInLocked()
    {
        while (_holders.Count < _totalTokens && _waiters.First is { } first)
        {
            _waiters.RemoveFirst();
            if (first.Value.LetIn.TrySetResult(true))
                HoldLocked(first.Value.Borrower);
        }
    }

    private void GiveUp(LinkedListNode<Waiter> place)
    {
        lock (_gate)
        {
            if (place.Value.LetIn.Cancel() && place.List is not null)
                _waiters.Remove(place);
        }
    }

    private sealed record Waiter(object Borrower, Future<bool> LetIn);
}
