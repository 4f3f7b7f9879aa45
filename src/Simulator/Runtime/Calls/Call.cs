using System.Diagnostics;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>
/// One call of one grain method: the message that travels, the promise that its caller awaits, and, while it runs, the token that stops
/// it. One object for all three, because it is made for every call.
/// </summary>
internal abstract class Call : Work
{
    private CancellationTokenRegistration _registration;
    private CancellationTokenSource? _stop;
    private int _settled;
    private bool _stopAsked;
    private Rarely? _rarely;

    protected Call(GrainReference target, GrainMethod method, Activation? source)
    {
        Target = target;
        Method = method;
        Source = source;
        Context = RequestContext.Current;
    }

    public GrainReference Target { get; }

    public GrainMethod Method { get; }

    /// <summary>The calling activation; null when the caller is not a grain.</summary>
    public Activation? Source { get; }

    /// <summary>The caller's span, to be the parent of the callee's.</summary>
    public ActivityContext Trace
    {
        get => _rarely?.Trace ?? default;
        set
        {
            if (_rarely is not null || value.TraceId != default)
                Rest.Trace = value;
        }
    }

    /// <summary>The caller's span of this call; ends with the answer. Null when nobody records, as is the next.</summary>
    public Activity? ClientSpan
    {
        get => _rarely?.ClientSpan;
        set => Rest.ClientSpan = value;
    }

    /// <summary>The callee's span; ends when the method has.</summary>
    public Activity? ServerSpan
    {
        get => _rarely?.ServerSpan;
        set => Rest.ServerSpan = value;
    }

    /// <summary>The activation that a network was told to bring it to.</summary>
    public Activation? SentTo { get; set; }

    /// <summary>The wish to stop, when it came before the call itself: a network may turn them round.</summary>
    public Message? EarlyStop
    {
        get => _rarely?.EarlyStop;
        set => Rest.EarlyStop = value;
    }

    public CancellationToken CallerToken { get; private set; }

    /// <summary>When, by the clock's timestamps, the caller stops waiting.</summary>
    public long Deadline { get; set; }

    public TimeSpan Timeout { get; set; }

    /// <summary>Its place among the calls that wait for an answer; -1 before it is there.</summary>
    public int PendingSlot { get; set; } = -1;

    public override bool AlwaysInterleaves => Method.AlwaysInterleaves;

    public override bool IsReadOnly => Method.IsReadOnly;

    public bool IsSettled => Volatile.Read(ref _settled) != 0;

    /// <summary>Whether it is running or waiting at the callee, as its activation sees it.</summary>
    public CallStage Stage { get; private set; }

    /// <summary>The token that the method gets. It is this call's alone: what a grain goes on with after its answer must not hear of another call.</summary>
    protected CancellationToken StopToken => Method.TakesToken ? (_stop ??= new CancellationTokenSource()).Token : CancellationToken.None;

    /// <summary>How it failed; null when it did not.</summary>
    protected Exception? Failure
    {
        get => _rarely?.Failure;
        set
        {
            if (_rarely is not null || value is not null)
                Rest.Failure = value;
        }
    }

    private Rarely Rest => _rarely ??= new Rarely();

    public override string Describe() => $"{Method.ActivityName} on {Target.GrainId}";

    /// <summary>Watches the caller's token. Called last, when the call is ready to be answered from any thread.</summary>
    public void Watch(CancellationToken token)
    {
        CallerToken = token;
        if (!token.CanBeCanceled)
            return;
        var registration = token.UnsafeRegister(static call => ((Call)call!).Target.Link.OnCallerCancelled((Call)call), this);
        _registration = registration;
        if (IsSettled)
            registration.Unregister();
    }

    /// <summary>Claims the right to answer the caller; the first wins.</summary>
    public bool TrySettle()
    {
        if (Interlocked.Exchange(ref _settled, 1) != 0)
            return false;
        _registration.Unregister();
        return true;
    }

    public override Task Run(object grain)
    {
        Stage = CallStage.Running;
        if (Context is not null)
            RequestContext.Current = Context;
        return Host!.Silo.Incoming.Run(this, grain);
    }

    /// <summary>Calls the method itself.</summary>
    public abstract Task Invoke(object grain);

    public override void Complete(Task task)
    {
        Stage = CallStage.Ended;
        if (ServerSpan is { } span)
            Tracing.End(span, task.IsCompletedSuccessfully ? null : Outcome.FailureOf(task));
        TakeOutcome(task.IsCompletedSuccessfully ? _rarely?.Ran ?? task : task);
        Host!.Silo.Answer(this);
    }

    /// <summary>Filters wrap the method in tasks without a result; the task that has it is told here.</summary>
    public void Ran(Task task) => Rest.Ran = task;

    public abstract object? ResultOf(Task task);

    public abstract Task ResultTask(object? result);

    /// <summary>Filters have run since the call was made, and may have changed what it carries.</summary>
    public void CatchUpContext() => Context = RequestContext.Current;

    public override void Reject(Exception reason)
    {
        Stage = CallStage.Ended;
        TakeOutcome(Task.FromException(reason));
        Host!.Silo.Answer(this);
    }

    public override void Reroute()
    {
        Stage = CallStage.Sent;
        Host = null;
        Target.LastTarget = null;
        Target.Link.Send(this);
    }

    /// <summary>Asks the callee to stop. In a turn of the callee.</summary>
    public void Stop()
    {
        switch (Stage)
        {
            case CallStage.Waiting or CallStage.Sent when Host is not null:
                Host.Withdraw(this);
                Stage = CallStage.Ended;
                TakeOutcome(Task.FromCanceled(new CancellationToken(canceled: true)));
                Host.Silo.Answer(this);
                break;
            case CallStage.Running when Method.TakesToken && !_stopAsked:
                _stopAsked = true;
                _stop ??= new CancellationTokenSource();
                _stop.Cancel();
                break;
        }
    }

    /// <summary>For links that write arguments as text.</summary>
    public abstract object?[] ArgumentList();

    /// <summary>Keeps a result that came as text, for <see cref="Deliver"/>.</summary>
    public abstract void TakeRemote(object? result);

    /// <summary>Keeps the outcome, copied, for the way back.</summary>
    protected abstract void TakeOutcome(Task task);

    /// <summary>Hands the kept outcome to the caller. After <see cref="TrySettle"/>, once.</summary>
    public abstract void Deliver();

    /// <summary>Ends the caller's wait with an exception of the engine's own. After <see cref="TrySettle"/>, once.</summary>
    public abstract void Fail(Exception reason);

    /// <summary>What few calls carry, apart, so that the many are small.</summary>
    private sealed class Rarely
    {
        public ActivityContext Trace { get; set; }

        public Activity? ClientSpan { get; set; }

        public Activity? ServerSpan { get; set; }

        public Message? EarlyStop { get; set; }

        public Task? Ran { get; set; }

        public Exception? Failure { get; set; }
    }
}

/// <summary>How far a call has come.</summary>
internal enum CallStage
{
    Sent,
    Waiting,
    Running,
    Ended,
}
