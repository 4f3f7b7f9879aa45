using AsyncTour.Simulator.Runtime;
using Orleans.Runtime;

namespace Orleans;

/// <summary>
/// The base class of grains. One instance lives in one activation, and its code runs one turn at a time, so it needs no locks.
/// </summary>
public abstract class Grain : IGrainBase, IAddressable
{
    /// <summary>Takes the activation that is being created on this thread; <c>new</c> outside of one gives a grain without a context.</summary>
    protected Grain()
        : this(Activation.Current!)
    {
    }

    /// <summary>For tests that build a grain by hand with a context of their own.</summary>
    protected Grain(IGrainContext grainContext, IGrainRuntime? grainRuntime = null)
    {
        GrainContext = grainContext;
        Runtime = grainRuntime ?? (grainContext as Activation)?.Silo;
    }

    public IGrainContext GrainContext { get; }

    public GrainReference GrainReference => GrainContext.GrainReference;

    /// <summary>Makes references to other grains; a call through one leaves from this activation.</summary>
    protected IGrainFactory GrainFactory => Require().GrainFactory;

    /// <summary>Services of this activation's own scope.</summary>
    protected internal IServiceProvider ServiceProvider => GrainContext?.ActivationServices ?? Require().ServiceProvider;

    /// <summary>This grain's identity, as <c>type/key</c>.</summary>
    public string IdentityString => GrainContext.GrainId.ToString();

    /// <summary>The silo that this activation lives on.</summary>
    public string RuntimeIdentity => Require().SiloIdentity;

    private IGrainRuntime? Runtime { get; }

    /// <summary>Ends this activation once the calls that run have finished; later calls go to a new one.</summary>
    protected void DeactivateOnIdle() => Require().DeactivateOnIdle(GrainContext);

    /// <summary>Keeps this activation for at least this long even when idle. A negative span takes an earlier delay back.</summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => Require().DelayDeactivation(GrainContext, timeSpan);

    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    private IGrainRuntime Require() => Runtime
        ?? throw new InvalidOperationException($"{GetType().Name} was made with new, not by a silo: ask IGrainFactory.GetGrain for a reference instead.");
}
