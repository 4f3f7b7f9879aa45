using System.Net;
using System.Net.Sockets;

namespace AsyncTour.Orleans.Bench.Cluster;

/// <summary>Loopback ports that nobody listens on at this moment.</summary>
internal static class FreePorts
{
    public static int[] Take(int count)
    {
        // All are held until all are found, so that none is given twice.
        var listeners = Enumerable.Range(0, count).Select(static _ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(static listener => listener.Start());
        var ports = listeners.Select(static listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        listeners.ForEach(static listener => listener.Dispose());
        return ports;
    }
}
