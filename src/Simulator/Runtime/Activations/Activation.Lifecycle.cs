using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Diagnostics;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

internal sealed partial class Activation
{
    private List<IStoredState>? _states;
    private AsyncServiceScope? _scope;
    private DeactivationReason _reason;
    private long _lastUsed;
    private long _keepUntil;

    public IServiceProvider ActivationServices => _scope?.ServiceProvider ?? Silo.ServiceProvider;

    /// <summary>A stored state that the constructor asked for; it is read before <c>OnActivateAsync</c>.</summary>
    public void AddState(IStoredState state) => (_states ??= []).Add(state);

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        if (Current == this)
            BeginDeactivation(deactivationReason);
        else
            Turns.TryPost(new DeactivateMessage(deactivationReason));
    }

    /// <summary>Keeps it from idle collection for a while; a negative span takes that back.</summary>
    public void Delay(TimeSpan time)
    {
        var clock = Silo.TimeProvider;
        _keepUntil = time == TimeSpan.MaxValue || time == Timeout.InfiniteTimeSpan
            ? long.MaxValue
            : clock.GetTimestamp() + (long)(time.TotalSeconds * clock.TimestampFrequency);
    }

    /// <summary>Called once a quantum, from outside: idle since before <paramref name="age"/>, it goes.</summary>
    public void CollectIfIdle(TimeSpan age)
    {
        var now = Silo.TimeProvider.GetTimestamp();
        if (Interlocked.Exchange(ref _used, false) || _lastUsed == 0)
            _lastUsed = now;
        if (Phase == Phase.Valid && now > Volatile.Read(ref _keepUntil) && Silo.TimeProvider.GetElapsedTime(_lastUsed, now) >= age)
            Turns.TryPost(new CollectMessage());
    }

    /// <summary>Gone without a word: its silo crashed. What it ran is lost; what waited is the callers' to time out.</summary>
    public void Vanish()
    {
        Phase = Phase.Gone;
        Turns.Abandon();
    }

    private void BeginActivation(Work first)
    {
        Phase = Phase.Activating;
        ActivationId = new ActivationId(Silo.Cluster.NewGuid());
        _ = ActivateAsync(first.Context, (first as Call)?.Trace ?? default);
    }

    private async Task ActivateAsync(RequestValues? context, ActivityContext parent)
    {
        try
        {
            RequestContext.Current = context;
            using var activity = Trace("activate grain", parent);
            using var limit = new CancellationTokenSource(Silo.Collection.ActivationTimeout, Silo.TimeProvider);
            _scope = Silo.ServiceProvider.CreateAsyncScope();
            _instance = Class.Create(this);
            foreach (var state in _states ?? [])
                await state.ReadFirstAsync();
            if (_instance is IGrainBase grain)
            {
                using var inner = Trace("execute OnActivateAsync", activity?.Context ?? parent);
                await grain.OnActivateAsync(limit.Token).WaitAsync(limit.Token);
            }
        }
        catch (Exception failure)
        {
            Silo.Log.LogError(failure, "Grain {Grain} could not be activated.", GrainId);
            await FailAsync(failure);
            return;
        }

        if (Phase == Phase.Activating)
            Phase = Phase.Valid;
        AdmitWaiting();
    }

    /// <summary>The request that brought it to life fails with the reason, as do those that waited behind it.</summary>
    private async Task FailAsync(Exception failure)
    {
        Leave();
        foreach (var work in _admission.Drain())
            work.Reject(failure);
        await DisposeInstanceAsync();
        Silo.Cluster.Forget(this);
        foreach (var work in Turns.Close().OfType<Work>())
            work.Reroute();
        DeactivatedSource.TrySetResult();
    }

    private void BeginDeactivation(DeactivationReason reason)
    {
        if (Phase is not (Phase.Valid or Phase.Activating))
            return;
        _reason = reason;
        Phase = Phase.Deactivating;
        DropTimers();
        if (_admission.IsIdle && !_admitting)
            BeginEnding();
    }

    private void BeginEnding()
    {
        Phase = Phase.Ending;
        _ = EndAsync();
    }

    private async Task EndAsync()
    {
        // First a new turn: whoever asked for the end is still running in this one.
        await Task.Yield();
        try
        {
            using var activity = Trace("deactivate grain", default);
            activity?.SetTag("orleans.deactivation.reason", _reason.ToString());
            using var limit = new CancellationTokenSource(Silo.Collection.DeactivationTimeout, Silo.TimeProvider);
            if (_instance is IGrainBase grain)
            {
                using var inner = Trace("execute OnDeactivateAsync", activity?.Context ?? default);
                await grain.OnDeactivateAsync(_reason, limit.Token).WaitAsync(limit.Token);
            }
        }
        catch (Exception failure)
        {
            Silo.Log.LogError(failure, "OnDeactivateAsync of grain {Grain} failed; it is deactivated all the same.", GrainId);
        }

        await DisposeInstanceAsync();
        Leave();
        Silo.Cluster.Forget(this);
        foreach (var work in _admission.Drain().Concat(Turns.Close().OfType<Work>()).ToList())
            work.Reroute();
        DeactivatedSource.TrySetResult();
    }

    private void Leave()
    {
        Phase = Phase.Gone;
        DropTimers();
    }

    private void DropTimers()
    {
        if (_timers is not { } timers)
            return;
        GrainTimer[] all;
        lock (timers)
            all = [.. timers];
        foreach (var timer in all)
            timer.Dispose();
    }

    private async Task DisposeInstanceAsync()
    {
        try
        {
            if (_instance is IAsyncDisposable asyncDisposable)
                await asyncDisposable.DisposeAsync();
            else if (_instance is IDisposable disposable)
                disposable.Dispose();
            if (_scope is { } scope)
                await scope.DisposeAsync();
        }
        catch (Exception failure)
        {
            Silo.Log.LogError(failure, "Disposing grain {Grain} failed.", GrainId);
        }
    }

    private Activity? Trace(string name, ActivityContext parent)
    {
        if (!ActivitySources.Lifecycle.HasListeners())
            return null;
        var activity = ActivitySources.Lifecycle.StartActivity(name, ActivityKind.Internal, parent);
        activity?.SetTag("orleans.grain.id", GrainId.ToString());
        activity?.SetTag("orleans.grain.type", GrainId.Type.ToString());
        activity?.SetTag("orleans.silo.id", Silo.SiloAddress.ToString());
        activity?.SetTag("orleans.activation.id", ActivationId.ToString());
        return activity;
    }

    private sealed class DeactivateMessage(DeactivationReason reason) : Message
    {
        public override void Handle(Activation activation)
        {
            // Nothing ever came to life: there is nothing to end but the entry in the directory.
            if (activation.Phase == Phase.New)
                activation.Phase = Phase.Valid;
            activation.BeginDeactivation(reason);
        }
    }

    private sealed class CollectMessage : Message
    {
        public override void Handle(Activation activation)
        {
            if (activation._admission.IsIdle && !activation._admission.HasWaiting)
                activation.BeginDeactivation(new DeactivationReason(DeactivationReasonCode.ActivationIdle, "It was idle."));
        }
    }
}

/// <summary>A stored state, as its activation sees it.</summary>
internal interface IStoredState
{
    Task ReadFirstAsync();
}
