using AsyncTour.Concurrency.Futures;

namespace AsyncTour.Concurrency.Coroutines;

/// <summary>
/// How a cancellation reaches a task's code: at its next await. It remembers what the task stands at, counts the
/// requests, and holds the one that could not be delivered yet.
/// </summary>
/// <remarks>
/// asyncio's rules. A task that stands at a future has the future cancelled, and hears of it from there. One that
/// stands at nothing, or at something that is done already, hears at its next step. An await on a foreign awaitable
/// cannot be interrupted; for these there is <see cref="Token"/>.
/// </remarks>
internal sealed class Delivery(Future task)
{
    [ThreadStatic]
    private static Delivery? _current;

    [ThreadStatic]
    private static OperationCanceledException? _thrownAtResume;

    private readonly Lock _gate = new();
    private IDelivers? _standsAt;
    private CancellationTokenSource? _token;
    private bool _mustCancel;
    private bool _isRunning = true;
    private string? _message;

    /// <summary>The task whose code runs on this thread now. Python's <c>current_task()</c>.</summary>
    public static Delivery? Current => _current;

    public Future Task => task;

    /// <summary>Requests not taken back. Python's <c>cancelling()</c>.</summary>
    public int Requests { get; private set; }

    /// <summary>A token that the next request cancels, for awaits that are not ours.</summary>
    public CancellationToken Token
    {
        get
        {
            lock (_gate)
                return (_token ??= new()).Token;
        }
    }

    /// <summary>The task ends now, and its cancellation was never delivered: it ends cancelled.</summary>
    public bool IsUndelivered => _mustCancel;

    public static Delivery? Enter(Delivery? task)
    {
        Delivery? outer = _current;
        _current = task;
        _thrownAtResume = task?.TakeAtResume();
        return outer;
    }

    public static void Leave(Delivery? outer)
    {
        _thrownAtResume = null;
        _current = outer;
    }

    /// <summary>Called by each await of ours as it ends: the place where a held cancellation is thrown.</summary>
    public static void ThrowIfDelivered()
    {
        if (_thrownAtResume is not { } cancellation)
            return;
        _thrownAtResume = null;
        throw cancellation;
    }

    public void Request(string? message)
    {
        CancellationTokenSource? token;
        IDelivers? standsAt;
        bool isAway;
        lock (_gate)
        {
            Requests++;
            isAway = !_isRunning;
            token = _token;
            _token = null;
            standsAt = _standsAt;
            _message = message;
        }

        // A token that was asked for is how the code at a foreign await hears of it.
        bool heard = standsAt?.Awaited?.Cancel(message) == true || (standsAt is null && token is not null && isAway);
        if (!heard)
            Hold(standsAt);
        Cancel(token);
    }

    public int Uncancel()
    {
        lock (_gate)
        {
            if (Requests > 0)
                Requests--;
            if (Requests == 0)
                _mustCancel = false;
            return Requests;
        }
    }

    /// <summary>The task's code stands at an await; null for one that is not ours.</summary>
    public void Suspend(IDelivers? awaiter)
    {
        lock (_gate)
        {
            _standsAt = awaiter;
            _isRunning = false;
        }

        if (awaiter is not null)
            DeliverTo(awaiter);
    }

    public OperationCanceledException Cancellation() => _message is null ? new() : new(_message);

    /// <summary>
    /// Whoever cancels a task (a group that aborts, a timeout, a colleague) is not to be stopped half way by what the
    /// task's own code registered with its token.
    /// </summary>
    private static void Cancel(CancellationTokenSource? token)
    {
        try
        {
            token?.Cancel();
        }
        catch (AggregateException failures)
        {
            Complaints.Raise(ComplaintKind.CallbackFailed, "Exception in a callback on a task's cancellation token", Failures.OneOrAll(failures));
        }
    }

    /// <summary>Keeps a request that nobody heard. A task that has come to stand elsewhere meanwhile hears it there.</summary>
    private void Hold(IDelivers? tried)
    {
        IDelivers? standsAt;
        lock (_gate)
        {
            _mustCancel = true;
            standsAt = _standsAt;
        }

        if (standsAt is not null && !ReferenceEquals(standsAt, tried))
            DeliverTo(standsAt);
    }

    private void DeliverTo(IDelivers awaiter)
    {
        if (awaiter.Awaited is not { } awaited)
            return;

        lock (_gate)
        {
            if (!_mustCancel)
                return;
            _mustCancel = false;
        }

        if (awaited.Cancel(_message))
            return;
        lock (_gate)
            _mustCancel = true;
    }

    private OperationCanceledException? TakeAtResume()
    {
        lock (_gate)
        {
            bool isOurs = _standsAt is not null;
            _standsAt = null;
            _isRunning = true;
            if (!_mustCancel || !isOurs)
                return null;

            _mustCancel = false;
            return Cancellation();
        }
    }
}
