using Orleans.Hosting;

namespace AsyncTour.Conformance.Tests;

public abstract partial class Cluster
{
    private static void UseFreePorts(ISiloBuilder silo) => silo.UseLocalhostClustering(gatewayPort: 0);
}
