using System.Runtime.CompilerServices;
using AsyncTour.Concurrency.Coroutines;
using AsyncTour.Concurrency.Futures;

namespace AsyncTour.Concurrency.Waiting;

/// <summary>Gives way once: what is queued already runs first. A bare <c>yield</c> in Python's own words.</summary>
internal readonly struct NextTurn : ICriticalNotifyCompletion, IDelivers
{
    Future? IDelivers.Awaited => null;

    public bool IsCompleted => false;

    public NextTurn GetAwaiter() => this;

    public void GetResult() => Delivery.ThrowIfDelivered();

    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    public void UnsafeOnCompleted(Action continuation) => Home.Capture().Post(static continuation => continuation(), continuation);
}
