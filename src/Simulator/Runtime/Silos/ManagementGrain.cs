using Orleans;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>Answers questions about the cluster.</summary>
internal sealed class ManagementGrain(Silo silo) : Grain, IManagementGrain
{
    public Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive = false) => Task.FromResult(
        silo.Cluster.Silos
            .Where(one => !onlyActive || one.Status == SiloStatus.Active)
            .ToDictionary(one => one.SiloAddress, one => one.Status));

    public Task<int> GetTotalActivationCount() => Task.FromResult(silo.Cluster.ActivationCount);
}
