using System.Threading.Tasks.Sources;

namespace AsyncTour.Grains.Turns;

/// <summary>
/// One call of an async method built by a <see cref="TurnMethodBuilder{TResult}"/>: its state while it waits, and its
/// result for whoever awaits it. Used again for the next call once the result has been taken.
/// </summary>
internal abstract class TurnBox<TResult> : IValueTaskSource<TResult>, IValueTaskSource
{
    private ManualResetValueTaskSourceCore<TResult> _core;
    private TaskScheduler _home = TaskScheduler.Default;
    private ExecutionContext? _context;

    protected TurnBox() => MoveNext = Step;

    /// <summary>What the method's own awaits are given to call.</summary>
    public Action MoveNext { get; }

    public short Version => _core.Version;

    /// <summary>The method stands at an await.</summary>
    public void Suspend() => _context = ExecutionContext.Capture();

    public void SetResult(TResult result)
    {
        if (TaskScheduler.Current == _home)
        {
            _core.SetResult(result);
        }
        else
        {
            SetResultAtHome(result);
        }
    }

    public void SetException(Exception failure)
    {
        if (TaskScheduler.Current == _home)
        {
            _core.SetException(failure);
        }
        else
        {
            SetExceptionAtHome(failure);
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        // The result is set at home. Who waits there need not be sent there, which would take a turn more.
        var isHome = TaskScheduler.Current == _home && SynchronizationContext.Current is null;
        _core.OnCompleted(continuation, state, token, isHome ? flags & ~ValueTaskSourceOnCompletedFlags.UseSchedulingContext : flags);
    }

    public TResult GetResult(short token)
    {
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            if (token == _core.Version)
            {
                _core.Reset();
                _context = null;
                Return();
            }
        }
    }

    void IValueTaskSource.GetResult(short token) => GetResult(token);

    /// <summary>A call begins to wait for the first time; where it was made is where it ends.</summary>
    protected void Begin() => _home = TaskScheduler.Current;

    protected abstract void Continue();

    /// <summary>Keeps the object for another call.</summary>
    protected abstract void Return();

    private void Step()
    {
        if (_context is { } context)
        {
            ExecutionContext.Run(context, static box => ((TurnBox<TResult>)box!).Continue(), this);
        }
        else
        {
            Continue();
        }
    }

    // Methods of their own, because a method with a closure in it makes the closure whenever it is called.
    private void SetResultAtHome(TResult result) => AtHome(() => _core.SetResult(result));

    private void SetExceptionAtHome(Exception failure) => AtHome(() => _core.SetException(failure));

    private void AtHome(Action settle) =>
        _ = Task.Factory.StartNew(settle, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _home);
}
