using AsyncTour.Concurrency.Futures;

namespace AsyncTour.Concurrency.Coroutines;

/// <summary>
/// A coroutine that was given to the scheduler: it starts on the next turn and runs by itself. Python's
/// <c>asyncio.Task</c>.
/// </summary>
/// <remarks>
/// It prints as Python's does: <c>&lt;Task pending name='Task-1' coro=&lt;whats_your_name()&gt;&gt;</c>. Only its coroutine
/// settles it.
/// </remarks>
public sealed class Scheduled<T> : Future<T>
{
    private readonly Coroutine<T> _coroutine;
    private readonly Delivery _delivery;

    internal Scheduled(Coroutine<T> coroutine, string? name)
    {
        coroutine.Claim();
        _coroutine = coroutine;
        _delivery = new Delivery(this);
        Name = name ?? TaskNames.Next();
        Home.Capture().Post(static task => task.Begin(), this);
    }

    /// <summary>What it is called: <c>Task-1</c> and on, unless told. Python's <c>get_name()</c>.</summary>
    public string Name { get; }

    /// <summary>Cancellations asked for and not taken back. Python's <c>cancelling()</c>.</summary>
    public int Cancelling => _delivery.Requests;

    /// <summary>
    /// Asks the task to stop: its code hears an <see cref="OperationCanceledException"/> at its next await, and may
    /// clean up or refuse. The task is cancelled when its code lets the exception out.
    /// </summary>
    /// <returns>False when the task was done already.</returns>
    public override bool Cancel(string? message = null)
    {
        if (IsDone)
            return false;
        _delivery.Request(message);
        return true;
    }

    /// <summary>
    /// Takes one cancellation back, which is what code does that has caught one and goes on. Python's <c>uncancel()</c>.
    /// </summary>
    /// <returns>How many are left.</returns>
    public int Uncancel() => _delivery.Uncancel();

    /// <exception cref="InvalidOperationException">Always: a task's result comes from its coroutine.</exception>
    public override void SetResult(T result) => throw new InvalidOperationException("Task does not support set_result: its result comes from its coroutine.");

    /// <exception cref="InvalidOperationException">Always: a task's exception comes from its coroutine.</exception>
    public override void SetException(Exception exception) => throw new InvalidOperationException("Task does not support set_exception: its exception comes from its coroutine.");

    private protected override string Kind => "Task";

    private protected override string Described()
    {
        string described = base.Described();
        int word = described.IndexOf(' ', StringComparison.Ordinal);
        string state = word < 0 ? described : described[..word];
        string rest = word < 0 ? "" : described[word..];
        return $"{state} name='{Name}' coro=<{_coroutine.Name}()>{rest}";
    }

    private void Begin()
    {
        if (_delivery.IsUndelivered)
        {
            // Cancelled before its first turn: none of its code runs.
            _coroutine.Abandon();
            TrySettle(FutureState.Cancelled, _delivery.Cancellation());
            return;
        }

        _coroutine.Begin(_delivery);
        if (_coroutine.State == CoroutineState.Closed)
            Settle();
        else
            _coroutine.WhenOver(Settle);
    }

    private void Settle()
    {
        if (_coroutine.Failure is OperationCanceledException cancelled)
            TrySettle(FutureState.Cancelled, cancelled);
        else if (_coroutine.Failure is { } failure)
            TrySetException(failure);
        else if (_delivery.IsUndelivered)
            TrySettle(FutureState.Cancelled, _delivery.Cancellation());
        else
            TrySetResult(_coroutine.Result);
    }
}
