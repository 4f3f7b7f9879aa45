using System.Runtime.ExceptionServices;

namespace AsyncTour.Concurrency.Futures;

/// <summary>
/// A value that is not there yet: somebody promises it, somebody awaits it, and either may come first.
/// Python's <c>asyncio.Future</c>.
/// </summary>
/// <remarks>
/// asyncio's table holds. Pending becomes done once; the first to settle it wins, and a second
/// <see cref="SetResult"/> or <see cref="SetException"/> throws <see cref="InvalidStateException"/> where a second
/// <see cref="Future.Cancel"/> answers false.
/// </remarks>
public class Future<T> : Future
{
    private T? _result;

    /// <summary>The result. Python's <c>result()</c>: never waits.</summary>
    /// <exception cref="InvalidStateException">It is not done.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <remarks>If it failed, its exception is thrown with the stack trace it had.</remarks>
    public T Result
    {
        get
        {
            if (!IsDone)
                throw new InvalidStateException("Result is not set: the future is pending. Await it first.");
            if (Failure is { } failure)
                ExceptionDispatchInfo.Throw(failure);
            return _result!;
        }
    }

    /// <summary>Settles it with a result. Python's <c>set_result</c>.</summary>
    /// <exception cref="InvalidStateException">It is done already.</exception>
    public virtual void SetResult(T result)
    {
        if (!TrySetResult(result))
            throw new InvalidStateException($"A result cannot be set on {this}: the first settlement wins.");
    }

    /// <summary>Settles it with a failure. Python's <c>set_exception</c>.</summary>
    /// <exception cref="InvalidStateException">It is done already.</exception>
    public virtual void SetException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        if (!TrySetException(exception))
            throw new InvalidStateException($"An exception cannot be set on {this}: the first settlement wins.");
    }

    /// <summary>Waits for the result, and comes back on this scheduler on a later turn. A done future does not wait.</summary>
    public FutureAwaiter<T> GetAwaiter() => new(this);

    /// <summary>The same future for code that wants a task.</summary>
    public async Task<T> AsTask() => await this;

    public override string ToString() => $"<{Kind} {Described()}>";

    internal bool TrySetResult(T result) => TrySettle(FutureState.Finished, keep: () => _result = result);

    internal bool TrySetException(Exception exception) => TrySettle(FutureState.Failed, exception);

    private protected virtual string Kind => nameof(Future);

    private protected virtual string Described() => State switch
    {
        FutureState.Pending => "pending",
        FutureState.Cancelled => "cancelled",
        FutureState.Failed => $"finished exception={Printed.Exception(Failure!)}",
        _ => $"finished result={Printed.Value(_result)}",
    };
}
