using System.Net;
using System.Net.Sockets;
using Orleans.Hosting;

namespace AsyncTour.Conformance.Tests;

public abstract partial class Cluster
{
    private static void UseFreePorts(ISiloBuilder silo) => silo.UseLocalhostClustering(FreePort(), FreePort());

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
