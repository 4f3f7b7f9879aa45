using System.Runtime.CompilerServices;

namespace AsyncTour.Concurrency.Coroutines;

/// <summary>A coroutine and the compiler's state machine that is its body.</summary>
internal sealed class CoroutineBody<T, TStateMachine>() : Coroutine<T>(MethodName.Of(typeof(TStateMachine)))
    where TStateMachine : IAsyncStateMachine
{
    private TStateMachine? _machine;

    /// <summary>Given once, after the builder inside it has come to know this object.</summary>
    public void Adopt(TStateMachine machine) => _machine = machine;

    private protected override void MoveNext() => _machine!.MoveNext();
}
