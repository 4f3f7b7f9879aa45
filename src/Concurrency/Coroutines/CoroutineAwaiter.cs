using System.Runtime.CompilerServices;

namespace AsyncTour.Concurrency.Coroutines;

/// <summary>What <c>await</c> needs of a <see cref="Coroutine{T}"/>. Asking whether it is completed begins it.</summary>
public readonly struct CoroutineAwaiter<T> : ICriticalNotifyCompletion, ICoroutineAwaiter
{
    private readonly Coroutine<T> _coroutine;

    internal CoroutineAwaiter(Coroutine<T> coroutine) => _coroutine = coroutine;

    public bool IsCompleted
    {
        get
        {
            _coroutine.Claim();
            _coroutine.Begin(Delivery.Current);
            return _coroutine.State == CoroutineState.Closed;
        }
    }

    public T GetResult() => _coroutine.Result;

    public void OnCompleted(Action continuation) => _coroutine.WhenOver(continuation);

    public void UnsafeOnCompleted(Action continuation) => _coroutine.WhenOver(continuation);
}

/// <summary>An await on an inner coroutine: what the task really waits for is inside.</summary>
internal interface ICoroutineAwaiter;
