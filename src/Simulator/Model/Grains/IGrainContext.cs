namespace Orleans.Runtime;

/// <summary>One activation, seen by the grain that lives in it.</summary>
public interface IGrainContext : IEquatable<IGrainContext>
{
    GrainReference GrainReference { get; }

    GrainId GrainId { get; }

    object? GrainInstance { get; }

    ActivationId ActivationId { get; }

    /// <summary>Services of this activation's own scope, disposed with it.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>Ends when the activation has.</summary>
    Task Deactivated { get; }

    /// <summary>Ends the activation once the calls that run have finished.</summary>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}

/// <summary>Tells which activation the code at hand runs in.</summary>
public interface IGrainContextAccessor
{
    IGrainContext GrainContext { get; }
}

/// <summary>What a silo offers to the grains that it runs.</summary>
public interface IGrainRuntime
{
    string SiloIdentity { get; }

    SiloAddress SiloAddress { get; }

    IGrainFactory GrainFactory { get; }

    IServiceProvider ServiceProvider { get; }

    TimeProvider TimeProvider { get; }

    void DeactivateOnIdle(IGrainContext grainContext);

    void DelayDeactivation(IGrainContext grainContext, TimeSpan timeSpan);
}
