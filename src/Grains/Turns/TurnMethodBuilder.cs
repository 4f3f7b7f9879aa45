using System.Runtime.CompilerServices;

namespace AsyncTour.Grains.Turns;

/// <summary>
/// Builds async methods that a grain runs once per job.
/// </summary>
/// <remarks>
/// The picture: a lane awaits such a method for job after job. Built as usual, each call leaves behind an object for its
/// state, a delegate, and two more for every await on the grain's scheduler; built here, the next job uses those of the
/// last, and when the method ends the lane goes on in the same turn.
/// The contract is that of any <see cref="ValueTask"/>: it is awaited once. Who awaits it where it was called goes on in the
/// turn in which it ended; anybody else is sent home as usual.
/// </remarks>
internal struct TurnMethodBuilder<TResult>
{
    private TurnBox<TResult>? _box;
    private TResult? _result;
    private Exception? _failure;

    public readonly ValueTask<TResult> Task =>
        _box is not null ? new(_box, _box.Version)
        : _failure is not null ? ValueTask.FromException<TResult>(_failure)
        : new(_result!);

    /// <summary>The same for methods without a result.</summary>
    public readonly ValueTask Untyped =>
        _box is not null ? new(_box, _box.Version)
        : _failure is not null ? ValueTask.FromException(_failure)
        : default;

    public static TurnMethodBuilder<TResult> Create() => default;

    // The usual builder's own: it keeps what the method does to ambient values inside the method.
    public readonly void Start<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine => default(AsyncTaskMethodBuilder).Start(ref stateMachine);

    public readonly void SetStateMachine(IAsyncStateMachine stateMachine)
    {
    }

    public void SetResult(TResult result)
    {
        if (_box is null)
        {
            _result = result;
        }
        else
        {
            _box.SetResult(result);
        }
    }

    public void SetException(Exception exception)
    {
        if (_box is null)
        {
            _failure = exception;
        }
        else
        {
            _box.SetException(exception);
        }
    }

    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine => awaiter.OnCompleted(Suspend(ref stateMachine));

    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion
        where TStateMachine : IAsyncStateMachine => awaiter.UnsafeOnCompleted(Suspend(ref stateMachine));

    private Action Suspend<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine
    {
        if (_box is null)
        {
            // This builder is a field of the state machine: the box must be in it before the machine is copied away.
            var box = MethodBox<TStateMachine, TResult>.Rent();
            _box = box;
            box.Adopt(stateMachine);
        }

        _box.Suspend();
        return _box.MoveNext;
    }
}
