using System.Text.Json;
using AsyncTour.Concurrency.Futures;
using AsyncTour.Tracing.Conventions;

namespace AsyncTour.Grains.Promises;

/// <summary>
/// A promise by its id, from whichever process: settle it, wait for it, or look at it. <c>await promise</c> gives its
/// value. Python's <c>asyncio.Future</c>, with an address.
/// </summary>
/// <remarks>
/// asyncio's table holds: the first settlement wins, a second result or exception throws
/// <see cref="InvalidStateException"/>, a second cancellation answers false. Calls are repeated while no silo answers, up
/// to the client's patience; a settlement that was repeated still counts once.
/// </remarks>
/// <typeparam name="T">What the value's JSON is read as.</typeparam>
public sealed class Promise<T>
{
    private readonly IPromiseSource _source;
    private readonly PromiseClient _client;
    private readonly Lock _gate = new();
    private PromiseMirror<T>? _mirror;

    internal Promise(string id, IPromiseSource source, PromiseClient client) => (Id, _source, _client) = (id, source, client);

    /// <summary>What other processes find it by.</summary>
    public string Id { get; }

    /// <summary>Settles it with a value. Python's <c>set_result</c>.</summary>
    /// <exception cref="InvalidStateException">It is settled already.</exception>
    /// <exception cref="RefusedException">It does not exist, or not any more.</exception>
    public async Task SetResultAsync(T value, CancellationToken cancellationToken = default) =>
        MustHaveWon(await SettleAsync(Result(value), cancellationToken));

    /// <summary>Settles it with a value, unless it is settled; answers whether this call did.</summary>
    /// <exception cref="RefusedException">It does not exist, or not any more.</exception>
    public async Task<bool> TrySetResultAsync(T value, CancellationToken cancellationToken = default) =>
        (await SettleAsync(Result(value), cancellationToken)).Won;

    /// <summary>Settles it with a failure. Python's <c>set_exception</c>. The type's name and the message cross.</summary>
    /// <exception cref="InvalidStateException">It is settled already.</exception>
    /// <exception cref="RefusedException">It does not exist, or not any more.</exception>
    public async Task SetExceptionAsync(Exception exception, CancellationToken cancellationToken = default) =>
        MustHaveWon(await SettleAsync(Failure(exception), cancellationToken));

    /// <summary>Settles it with a failure, unless it is settled; answers whether this call did.</summary>
    /// <exception cref="RefusedException">It does not exist, or not any more.</exception>
    public async Task<bool> TrySetExceptionAsync(Exception exception, CancellationToken cancellationToken = default) =>
        (await SettleAsync(Failure(exception), cancellationToken)).Won;

    /// <summary>
    /// Cancels it, for everybody. Answers false if it was settled. A job's promise answers only when the job has stopped,
    /// and false if it came to its end all the same.
    /// </summary>
    /// <param name="message">What those who wait are told.</param>
    /// <exception cref="RefusedException">It does not exist, or not any more.</exception>
    public async Task<bool> CancelAsync(string? message = null, CancellationToken cancellationToken = default) =>
        (await SettleAsync(new PromiseSettlement { State = PromiseState.Cancelled, Error = message, By = _client.Name, Ticket = _client.NewTicket() }, cancellationToken)).Won;

    /// <summary>Where it is, who settled it, when; <c>null</c> if it does not exist. Counts as reading it.</summary>
    public Task<PromiseStatus?> StatusAsync(CancellationToken cancellationToken = default) =>
        _client.Patience.AskAsync(_source.Status, cancellationToken);

    /// <summary>Waits until it is settled, however, and answers how. Does not throw because it failed or was cancelled.</summary>
    /// <exception cref="RefusedException">It does not exist, or not any more.</exception>
    public async Task<PromiseStatus> WaitAsync(CancellationToken cancellationToken = default)
    {
        using var span = PromiseSpans.StartWait(Id, _client.Name);
        PromiseStatus? status;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            status = await _client.Patience.AskAsync(() => _source.Wait(PromiseLimits.LongestWait, cancellationToken), PromiseLimits.LongestWait, cancellationToken);
        }
        while (status is { State: PromiseState.Pending or PromiseState.Running });

        PromiseSpans.Waited(span, (status?.State ?? PromiseState.Forgotten).ToText(), status?.SettledBy, status?.SettledSpan);
        return status switch
        {
            null => throw new RefusedException(PromiseRules.Unknown(Id)),
            { State: PromiseState.Forgotten } => throw new RefusedException(PromiseRules.Forgotten(status)),
            _ => status,
        };
    }

    /// <summary>Waits for the value. A failure is thrown as <see cref="PromiseFailedException"/>, a cancellation as <see cref="OperationCanceledException"/>.</summary>
    public FutureAwaiter<T> GetAwaiter() => AsFuture().GetAwaiter();

    /// <summary>
    /// A local future that becomes what this becomes, for <c>Wait</c>, <c>Gather</c> and <c>AsCompleted</c> beside other
    /// futures. Asked twice it is the same one, and however many await it, one call waits. Cancelling it gives up the
    /// waiting and leaves the promise alone: cancel the promise itself with <see cref="CancelAsync"/>.
    /// </summary>
    public Future<T> AsFuture()
    {
        PromiseMirror<T> mirror;
        lock (_gate)
        {
            if (_mirror is { Ended.IsCancellationRequested: false })
            {
                return _mirror;
            }

            _mirror = mirror = new PromiseMirror<T>(Id);
        }

        _ = FollowAsync(mirror);
        return mirror;
    }

    /// <summary>Has the callback called, on a later turn of the calling scheduler, once this is settled. Python's <c>add_done_callback</c>.</summary>
    public void AddDoneCallback(Action<Future> callback) => AsFuture().AddDoneCallback(callback);

    /// <summary>The value of a settlement that somebody else waited for.</summary>
    /// <exception cref="PromiseFailedException">It failed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="InvalidOperationException">The value is JSON of something else than <typeparamref name="T"/>.</exception>
    public T ValueOf(PromiseStatus settled)
    {
        ArgumentNullException.ThrowIfNull(settled);
        return settled.State switch
        {
            PromiseState.Done => Read(settled.Value!),
            PromiseState.Failed => throw new PromiseFailedException(settled.Error ?? "it failed, and nobody said why", settled.ErrorType),
            PromiseState.Cancelled => throw new OperationCanceledException(settled.Error ?? $"the promise '{Id}' was cancelled"),
            var state => throw new InvalidStateException($"The promise '{Id}' is {state.ToText()}: it has no value."),
        };
    }

    private async Task FollowAsync(PromiseMirror<T> mirror)
    {
        try
        {
            mirror.Show(ValueOf(await WaitAsync(mirror.Ended)));
        }
        catch (Exception e)
        {
            // Whatever ended the looking is what the future becomes; one that was cancelled stays so.
            mirror.Show(e);
        }
    }

    private async Task<PromiseReply> SettleAsync(PromiseSettlement settlement, CancellationToken cancellationToken)
    {
        using var span = PromiseSpans.StartSettle(Id, settlement.State.ToText(), _client.Name);
        var signed = settlement with { Span = span?.Id };
        PromiseReply reply;
        do
        {
            // Only a job takes its time: it was told to stop, and has not stopped yet.
            reply = await _client.Patience.AskAsync(() => _source.Settle(signed), cancellationToken);
        }
        while (!reply.Status.IsSettled);

        PromiseSpans.Settled(span, reply.Won);
        return reply;
    }

    private PromiseSettlement Result(T value) => new()
    {
        State = PromiseState.Done,
        Value = JsonSerializer.Serialize(value, _client.Json),
        By = _client.Name,
        Ticket = _client.NewTicket(),
    };

    private PromiseSettlement Failure(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return new PromiseSettlement
        {
            State = PromiseState.Failed,
            Error = exception.Message,
            ErrorType = (exception as PromiseFailedException)?.ErrorType ?? exception.GetType().FullName,
            By = _client.Name,
            Ticket = _client.NewTicket(),
        };
    }

    private T Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, _client.Json)!;
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException($"The promise '{Id}' was set to {json}, which is no {typeof(T).Name}.", e);
        }
    }

    private void MustHaveWon(PromiseReply reply)
    {
        if (!reply.Won)
        {
            throw new InvalidStateException($"The promise '{Id}' is {reply.Status.State.ToText()} already, by {reply.Status.SettledBy}: the first settlement wins.");
        }
    }
}
