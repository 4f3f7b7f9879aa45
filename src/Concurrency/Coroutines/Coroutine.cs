using System.Runtime.CompilerServices;
using AsyncTour.Concurrency.Futures;

namespace AsyncTour.Concurrency.Coroutines;

/// <summary>
/// A computation that has not begun, seen without the type of its result. Building one runs nothing: it begins when it
/// is awaited or scheduled, once. Python's coroutine object.
/// </summary>
public abstract class Coroutine
{
    private static readonly Action _over = static () => { };

    private readonly Witness _unawaited;
    private Action? _resume;
    private Action? _continuation;
    private ExecutionContext? _context;
    private bool _isClaimed;
    private volatile CoroutineState _state;

    private protected Coroutine(string name)
    {
        Name = name;
        _unawaited = new(ComplaintKind.NeverAwaited, $"coroutine '{name}' was never awaited");
    }

    /// <summary>The name of the method that made it.</summary>
    public string Name { get; }

    public CoroutineState State
    {
        get => _state;
        private set => _state = value;
    }

    /// <summary>The task it runs in, which it shares with the coroutines it awaits; null outside of any.</summary>
    internal Delivery? Task { get; private set; }

    internal Exception? Failure { get; private set; }

    /// <summary>Gives up a coroutine that has not begun, so that nobody complains that it never did. Python's <c>close()</c>.</summary>
    /// <exception cref="InvalidOperationException">It was awaited or scheduled: cancel its task instead.</exception>
    public void Close()
    {
        if (State == CoroutineState.Closed)
            return;
        if (!TryClaim())
            throw new InvalidOperationException($"coroutine '{Name}' has begun and cannot be closed. Cancel the task it runs in instead.");
        Abandon();
    }

    public override string ToString() => State == CoroutineState.Created ? $"<coroutine {Name}>" : $"<coroutine {Name} {Printed.State(State)}>";

    /// <summary>Makes it the caller's to begin. Whoever comes second, from whatever thread, is refused there and then.</summary>
    internal void Claim()
    {
        if (!TryClaim())
            throw new InvalidOperationException($"cannot reuse already awaited coroutine '{Name}': call its method again for a fresh one.");
    }

    /// <summary>Gives up what the caller has claimed.</summary>
    internal void Abandon()
    {
        _unawaited.Relieve();
        State = CoroutineState.Closed;
    }

    /// <summary>Runs what the caller has claimed up to its first wait, in that task.</summary>
    internal void Begin(Delivery? task)
    {
        _unawaited.Relieve();
        Task = task;

        // What it does to ambient values stays its own, as in any async method.
        ExecutionContext? context = ExecutionContext.Capture();
        Step();
        if (context is not null)
            ExecutionContext.Restore(context);
    }

    /// <summary>Calls the continuation when it is over; at once if it is.</summary>
    internal void WhenOver(Action continuation)
    {
        Home home = Home.Capture();
        Action atHome = () =>
        {
            if (home == Home.Capture())
                continuation();
            else
                home.Post(static continuation => continuation(), continuation);
        };
        if (Interlocked.CompareExchange(ref _continuation, atHome, null) is not null)
            home.Post(static continuation => continuation(), continuation);
    }

    /// <summary>What the builder calls when the body stands at an await that is not done.</summary>
    internal void Suspend<TAwaiter>(ref TAwaiter awaiter, bool isCritical)
        where TAwaiter : INotifyCompletion
    {
        _context = ExecutionContext.Capture();
        State = CoroutineState.Suspended;
        if (awaiter is not ICoroutineAwaiter)
            Task?.Suspend(awaiter as IDelivers);

        _resume ??= Resume;
        if (isCritical)
            ((ICriticalNotifyCompletion)awaiter).UnsafeOnCompleted(_resume);
        else
            awaiter.OnCompleted(_resume);
    }

    private protected abstract void MoveNext();

    private protected void Over(Exception? failure)
    {
        Failure = failure;
        State = CoroutineState.Closed;
        Interlocked.Exchange(ref _continuation, _over)?.Invoke();
    }

    private bool TryClaim() => !Interlocked.Exchange(ref _isClaimed, true);

    private void Resume()
    {
        if (_context is null)
            Step();
        else
            ExecutionContext.Run(_context, static coroutine => ((Coroutine)coroutine!).Step(), this);
    }

    private void Step()
    {
        State = CoroutineState.Running;
        Delivery? outer = Delivery.Enter(Task);
        try
        {
            MoveNext();
        }
        finally
        {
            Delivery.Leave(outer);
        }
    }
}
