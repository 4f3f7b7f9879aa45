using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace AsyncTour.Simulator.Runtime;

/// <summary>Asks a user's placement director, if the silos were given one for a strategy.</summary>
internal static class DirectedPlacement
{
    /// <summary>The silo that the director chose; null when there is no director.</summary>
    public static Silo? Ask(PlacementStrategy strategy, GrainId id, GrainInterfaceType interfaceType, Silo[] silos)
    {
        if (silos[0].ServiceProvider.GetKeyedService<IPlacementDirector>(strategy.GetType()) is not { } director)
            return null;
        var answer = director.OnAddActivation(strategy, new PlacementTarget(id, [], interfaceType, 0), new Context(silos));
        if (!answer.IsCompleted)
            throw new InvalidOperationException($"{director.GetType().Name} waits before it answers where {id} goes, which the Simulator does not do: answer at once.");
        var address = answer.GetAwaiter().GetResult();
        return Array.Find(silos, one => one.SiloAddress.Equals(address))
            ?? throw new InvalidOperationException($"{director.GetType().Name} placed {id} on {address}, which is not a living silo.");
    }

    private sealed class Context(Silo[] silos) : IPlacementContext
    {
        public SiloAddress LocalSilo => silos[0].SiloAddress;

        public SiloStatus LocalSiloStatus => silos[0].Status;

        public SiloAddress[] GetCompatibleSilos(PlacementTarget target) => Array.ConvertAll(silos, static one => one.SiloAddress);
    }
}
