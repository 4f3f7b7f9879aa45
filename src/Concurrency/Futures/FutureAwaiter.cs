using System.Runtime.CompilerServices;

namespace AsyncTour.Concurrency.Futures;

/// <summary>What <c>await</c> needs of a <see cref="Future{T}"/>.</summary>
public readonly struct FutureAwaiter<T> : ICriticalNotifyCompletion, IWaitsForFuture
{
    private readonly Future<T> _future;

    internal FutureAwaiter(Future<T> future) => _future = future;

    public bool IsCompleted => _future.IsDone;

    Future IWaitsForFuture.Awaited => _future;

    public T GetResult() => _future.Result;

    public void OnCompleted(Action continuation)
    {
        ExecutionContext? context = ExecutionContext.Capture();
        UnsafeOnCompleted(context is null ? continuation : () => ExecutionContext.Run(context, static run => ((Action)run!)(), continuation));
    }

    public void UnsafeOnCompleted(Action continuation) => _future.Continue(continuation, Home.Capture());
}

/// <summary>An await that stands on a future, so that cancelling who awaits can reach the future.</summary>
internal interface IWaitsForFuture
{
    Future Awaited { get; }
}
