using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace AsyncTour.Grains.Runs;

/// <summary>Follows <see cref="EvenPlacement"/>: places workers by their number, over the silos that are alive, in the order of their addresses.</summary>
public sealed class EvenPlacementDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);
        Array.Sort(silos);
        return Task.FromResult(silos[EvenPlacement.SiloOf(target.GrainIdentity.Key.ToString()!, silos.Length)]);
    }
}
