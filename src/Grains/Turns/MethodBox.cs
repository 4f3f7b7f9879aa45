using System.Runtime.CompilerServices;

namespace AsyncTour.Grains.Turns;

/// <summary>A <see cref="TurnBox{TResult}"/> with the compiler's state machine in it.</summary>
internal sealed class MethodBox<TStateMachine, TResult> : TurnBox<TResult>
    where TStateMachine : IAsyncStateMachine
{
    // One is enough: whoever takes a result makes the next call of the method, on the same thread.
    [ThreadStatic]
    private static MethodBox<TStateMachine, TResult>? _spare;

    private TStateMachine? _machine;

    public static MethodBox<TStateMachine, TResult> Rent()
    {
        var box = _spare ?? new();
        _spare = null;
        box.Begin();
        return box;
    }

    /// <summary>Given once per call, after the builder inside the state machine has come to know this object.</summary>
    public void Adopt(TStateMachine machine) => _machine = machine;

    protected override void Continue() => _machine!.MoveNext();

    protected override void Return()
    {
        _machine = default;
        _spare = this;
    }
}
