using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace AsyncTour.Silo.Web;

/// <summary>How this silo is, as its own membership oracle says: asking needs no other silo, so a dead one makes nobody unready.</summary>
internal sealed class Readiness(IServiceProvider services)
{
    private readonly ISiloStatusOracle _oracle = services.GetRequiredService<ISiloStatusOracle>();

    /// <summary>Whether the silo is a member of its cluster and takes calls.</summary>
    public bool IsActive => _oracle.CurrentStatus == SiloStatus.Active;

    /// <summary>How many silos are active, this one included.</summary>
    public int Silos => _oracle.GetApproximateSiloStatuses(onlyActive: true).Count;
}
