using AsyncTour.Concurrency.Futures;

namespace AsyncTour.Concurrency.Pools;

/// <summary>One function on its way to a thread.</summary>
internal abstract class BlockingCall
{
    /// <summary>True when it was cancelled before it could start.</summary>
    public abstract bool IsOver { get; }

    /// <summary>Runs the function on the calling thread. Never throws.</summary>
    /// <returns>False when it was cancelled before, and did not run.</returns>
    public abstract bool TryRun();

    /// <summary>Tells those who wait. Apart from <see cref="TryRun"/>, so that the executor's statistics are never behind its futures.</summary>
    public abstract void Announce();
}

internal sealed class BlockingCall<T> : BlockingCall
{
    private readonly Func<CancellationToken, T> _function;
    private readonly CancellationTokenSource _asked = new();
    private readonly CancellationTokenRegistration _registration;
    private readonly ExecutionContext? _flow = ExecutionContext.Capture();
    private Action? _announce;
    private bool _running;

    public BlockingCall(Func<CancellationToken, T> function, CancellationToken cancellation)
    {
        _function = function;
        Outcome = new CallFuture(this);
        _registration = cancellation.UnsafeRegister(static call => ((BlockingCall<T>)call!).Outcome.Cancel(), this);
    }

    public Future<T> Outcome { get; }

    public override bool IsOver => Outcome.IsDone;

    public override bool TryRun()
    {
        lock (_asked)
        {
            if (Outcome.IsDone)
                return false;
            _running = true;
        }

        if (_flow is null)
            Run();
        else
            ExecutionContext.Run(_flow, static call => ((BlockingCall<T>)call!).Run(), this);
        return true;
    }

    public override void Announce()
    {
        _registration.Unregister();
        _announce?.Invoke();
    }

    /// <summary>The executor did not take it: nothing of it stays with the caller's token.</summary>
    public void Refused() => _registration.Unregister();

    private void Run()
    {
        try
        {
            T result = _function(_asked.Token);
            _announce = () => Outcome.TrySetResult(result);
        }
        catch (OperationCanceledException) when (_asked.IsCancellationRequested)
        {
            _announce = () => ((CallFuture)Outcome).Stopped();
        }
        catch (Exception failure)
        {
            _announce = () => Outcome.TrySetException(failure);
        }
    }

    private bool Ask(string? message)
    {
        lock (_asked)
        {
            if (!_running)
                return ((CallFuture)Outcome).Stopped(message);
        }

        if (Outcome.IsDone)
            return false;
        _asked.Cancel();
        return true;
    }

    private sealed class CallFuture(BlockingCall<T> call) : Future<T>
    {
        public override bool Cancel(string? message = null) => call.Ask(message);

        public bool Stopped(string? message = null) => base.Cancel(message);
    }
}
