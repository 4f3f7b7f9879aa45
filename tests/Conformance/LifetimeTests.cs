using Orleans;

namespace AsyncTour.Conformance.Tests;

public interface IMortalGrain : IGrainWithStringKey
{
    Task<string> Activation();

    Task Delay(TimeSpan time);

    Task End();

    Task EndWhileHolding();
}

/// <summary>Idle for two tenths of a second, it is old.</summary>
[CollectionAgeLimit("00:00:00.200")]
public sealed class MortalGrain : Grain, IMortalGrain
{
    private Signals Signals => Signals.Of(this.GetPrimaryKeyString());

    public Task<string> Activation() => Task.FromResult(GrainContext.ActivationId.ToString());

    public Task Delay(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task EndWhileHolding()
    {
        DeactivateOnIdle();
        Signals.Raise("held");
        await Signals.Until("may end");
        Signals.Note("call ended");
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Signals.Note("activated");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Signals.Note("deactivated " + reason.ReasonCode);
        Signals.Raise("deactivated");
        return Task.CompletedTask;
    }
}

public sealed class LifetimeTests(HonestCluster cluster)
{
    [Fact]
    public async Task DeactivateOnIdle_ends_the_activation_and_the_next_call_begins_another()
    {
        var (grain, signals) = New();
        var first = await grain.Activation();
        await grain.End();
        (await grain.Activation()).ShouldNotBe(first);
        await signals.When("deactivated");
        signals.Log.ShouldBe(["activated", "deactivated ApplicationRequested", "activated"]);
    }

    [Fact]
    public async Task DeactivateOnIdle_waits_for_the_calls_that_run()
    {
        var (grain, signals) = New();
        var holding = grain.EndWhileHolding();
        await signals.When("held");
        var later = grain.Activation();
        signals.Raise("may end");
        await Task.WhenAll(holding, later);
        signals.Log.ShouldBe(["activated", "call ended", "deactivated ApplicationRequested", "activated"]);
    }

    /// <summary>Real time: collection goes by the clock.</summary>
    [Fact]
    public async Task An_idle_activation_is_collected_and_a_delayed_one_is_not()
    {
        var (kept, keptSignals) = New();
        await kept.Delay(TimeSpan.FromMinutes(5));
        var (idle, idleSignals) = New();
        await idle.Activation();
        await idleSignals.When("deactivated");
        idleSignals.Log.ShouldBe(["activated", "deactivated ActivationIdle"]);

        var (second, secondSignals) = New();
        await second.Activation();
        await secondSignals.When("deactivated");
        keptSignals.Log.ShouldBe(["activated"]);
    }

    private (IMortalGrain Grain, Signals Signals) New()
    {
        var key = Signals.NewKey();
        return (cluster.Grains.GetGrain<IMortalGrain>(key), Signals.Of(key));
    }
}
