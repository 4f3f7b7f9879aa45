namespace Orleans.Runtime.Placement;

/// <summary>Chooses the silos of new activations by a rule of your own; see <see cref="Orleans.Hosting.PlacementStrategyExtensions"/>.</summary>
public interface IPlacementDirector
{
    /// <summary>The silo that a new activation goes to, one of the context's. In the Simulator the answer must be there at once.</summary>
    Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context);
}

/// <summary>What a director may choose from.</summary>
public interface IPlacementContext
{
    SiloAddress LocalSilo { get; }

    SiloStatus LocalSiloStatus { get; }

    /// <summary>The living silos.</summary>
    SiloAddress[] GetCompatibleSilos(PlacementTarget target);
}

/// <summary>The grain that is placed.</summary>
public readonly struct PlacementTarget(GrainId grainIdentity, Dictionary<string, object> requestContextData, GrainInterfaceType interfaceType, ushort interfaceVersion)
{
    public GrainId GrainIdentity { get; } = grainIdentity;

    public GrainInterfaceType InterfaceType { get; } = interfaceType;

    public ushort InterfaceVersion { get; } = interfaceVersion;

    public Dictionary<string, object> RequestContextData { get; } = requestContextData;
}
