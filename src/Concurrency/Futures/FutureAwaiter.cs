using System.Runtime.CompilerServices;
using AsyncTour.Concurrency.Coroutines;

namespace AsyncTour.Concurrency.Futures;

/// <summary>What <c>await</c> needs of a <see cref="Future{T}"/>.</summary>
public readonly struct FutureAwaiter<T> : ICriticalNotifyCompletion, IDelivers
{
    private readonly Future<T> _future;

    internal FutureAwaiter(Future<T> future) => _future = future;

    public bool IsCompleted => _future.IsDone;

    Future? IDelivers.Awaited => _future;

    public T GetResult()
    {
        Delivery.ThrowIfDelivered();
        return _future.Result;
    }

    public void OnCompleted(Action continuation)
    {
        ExecutionContext? context = ExecutionContext.Capture();
        UnsafeOnCompleted(context is null ? continuation : () => ExecutionContext.Run(context, static run => ((Action)run!)(), continuation));
    }

    public void UnsafeOnCompleted(Action continuation) => _future.Continue(continuation, Home.Capture());
}
