using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace AsyncTour.Concurrency.Coroutines;

/// <summary>
/// What the compiler builds <c>async Coroutine&lt;T&gt;</c> methods with. Where the builder of <c>Task</c> runs the body
/// in <see cref="Start"/>, this one puts it away: that is all that makes a coroutine cold.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct CoroutineBuilder<T>
{
    private Coroutine<T> _coroutine;

    /// <summary>The cold coroutine.</summary>
    public readonly Coroutine<T> Task => _coroutine;

    public static CoroutineBuilder<T> Create() => default;

    public void Start<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine
    {
        // This builder is a field of the state machine: the coroutine must be in it before the machine is copied away.
        var body = new CoroutineBody<T, TStateMachine>();
        _coroutine = body;
        body.Adopt(stateMachine);
    }

    public readonly void SetStateMachine(IAsyncStateMachine stateMachine)
    {
    }

    public readonly void SetResult(T result) => _coroutine.Return(result);

    public readonly void SetException(Exception exception) => _coroutine.Throw(exception);

    public readonly void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine => _coroutine.Suspend(ref awaiter, isCritical: false);

    public readonly void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion
        where TStateMachine : IAsyncStateMachine => _coroutine.Suspend(ref awaiter, isCritical: true);
}
