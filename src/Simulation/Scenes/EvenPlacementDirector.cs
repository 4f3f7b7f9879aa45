using AsyncTour.Grains.Runs;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace AsyncTour.Simulation.Scenes;

/// <summary>Places workers as a real cluster does: by their number, over the silos that are alive, in the order of their addresses.</summary>
internal sealed class EvenPlacementDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);
        Array.Sort(silos);
        return Task.FromResult(silos[EvenPlacement.SiloOf(target.GrainIdentity.Key.ToString()!, silos.Length)]);
    }
}
