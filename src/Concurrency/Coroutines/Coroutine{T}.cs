using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace AsyncTour.Concurrency.Coroutines;

/// <summary>
/// A cold, single-use computation of a value. A method declared <c>async Coroutine&lt;T&gt;</c> is Python's
/// <c>async def</c>: calling it returns this and runs nothing.
/// </summary>
/// <remarks>
/// Awaited inside another coroutine it runs in the same task, without a turn in between, as in Python. Awaited from an
/// ordinary <c>async Task</c> method it begins there and then and comes back to that method's scheduler. A coroutine
/// that is dropped without either is reported as a <see cref="Futures.Complaint"/>: "was never awaited".
/// </remarks>
[AsyncMethodBuilder(typeof(CoroutineBuilder<>))]
public abstract class Coroutine<T> : Coroutine
{
    private T? _result;

    private protected Coroutine(string name)
        : base(name)
    {
    }

    /// <summary>Begins it and waits for its result.</summary>
    /// <exception cref="InvalidOperationException">It was awaited or scheduled before.</exception>
    public CoroutineAwaiter<T> GetAwaiter() => new(this);

    /// <summary>
    /// Drives it by hand, as Python's <c>next()</c> drives a generator: each step says "not ready" or has the value,
    /// and after the value there is nothing. Read without <c>await</c> it never waits; read with <c>await foreach</c>
    /// it gives the turn back after each "not ready" until the coroutine has moved.
    /// </summary>
    public Polling<T> Poll() => new(this);

    internal T Result
    {
        get
        {
            if (State != CoroutineState.Closed)
                throw new InvalidOperationException($"coroutine '{Name}' has no result yet: await it.");
            if (Failure is not null)
                ExceptionDispatchInfo.Throw(Failure);
            return _result!;
        }
    }

    internal void Return(T result)
    {
        _result = result;
        Over(failure: null);
    }

    internal void Throw(Exception failure) => Over(failure);
}
