using System.Net;
using System.Net.Sockets;
using Orleans.Hosting;

namespace AsyncTour.Silo;

/// <summary>How silos find each other on Microsoft Orleans.</summary>
internal static class Clustering
{
    public static void Configure(ISiloBuilder silo, SiloSettings settings)
    {
        // An embedded silo must not be in the way of one that runs on the well-known ports.
        var (siloPort, gatewayPort) = settings.IsEmbedded ? (FreePort(), FreePort()) : (settings.SiloPort, settings.GatewayPort);
        silo.UseLocalhostClustering(siloPort, gatewayPort);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
