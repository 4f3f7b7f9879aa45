using AsyncTour.Concurrency.Futures;

namespace AsyncTour.Concurrency.Pools;

/// <summary>One submitted job. Cancelled before it starts it never runs; cancelled after, it is pending until it has stopped.</summary>
internal sealed class Submission<TResult> : Work
{
    private readonly Func<CancellationToken, ValueTask<TResult>> _function;
    private readonly JobRunner _runner;
    private readonly CancellationTokenSource _asked = new();
    private readonly CancellationTokenRegistration _registration;
    private readonly ExecutionContext? _flow = ExecutionContext.Capture();
    private bool _running;

    public Submission(Func<CancellationToken, ValueTask<TResult>> function, JobRunner runner, CancellationToken cancellation)
    {
        _function = function;
        _runner = runner;
        Outcome = new JobFuture(this);
        _registration = cancellation.UnsafeRegister(static job => ((Submission<TResult>)job!).Outcome.Cancel(), this);
    }

    public JobFuture Outcome { get; }

    public override bool IsOver => Outcome.IsDone;

    public override async ValueTask RunAsync(int worker)
    {
        lock (_asked)
        {
            if (Outcome.IsDone)
                return;
            _running = true;
        }

        if (_flow is not null)
            ExecutionContext.Restore(_flow);
        try
        {
            Outcome.TrySetResult(await _runner.RunAsync(this, static (function, token) => function(token), _function, _asked.Token));
        }
        catch (OperationCanceledException stopped)
        {
            Outcome.Stopped(stopped.Message);
        }
        catch (Exception failure)
        {
            Outcome.TrySetException(failure);
        }

        _registration.Unregister();
    }

    /// <summary>The pool did not take it: nothing of it stays with the caller's token.</summary>
    public void Refused() => _registration.Unregister();

    private bool Ask(string? message)
    {
        lock (_asked)
        {
            if (!_running)
            {
                _registration.Unregister();
                return Outcome.Stopped(message);
            }
        }

        if (Outcome.IsDone)
            return false;
        _asked.Cancel();
        return true;
    }

    internal sealed class JobFuture(Submission<TResult> job) : Future<TResult>
    {
        public override bool Cancel(string? message = null) => job.Ask(message);

        public bool Stopped(string? message) => base.Cancel(message);
    }
}
