using System.Net;
using System.Net.Sockets;
using AsyncTour.Grains.Runs;
using AsyncTour.Silo.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime.Hosting;
using StackExchange.Redis;

namespace AsyncTour.Silo;

/// <summary>How silos find each other on Microsoft Orleans.</summary>
internal static class Clustering
{
    /// <summary>The cluster's id, on Redis and on one machine. Clients say the same.</summary>
    public const string Id = "dev";

    public static void Configure(ISiloBuilder silo, SiloSettings settings)
    {
        if (settings.Cluster == ClusterKind.Redis)
        {
            JoinByRedis(silo, settings);
        }
        else
        {
            JoinOnThisMachine(silo, settings);
        }

        // Said for both: UseLocalhostClustering alone leaves "default", which no client of ours says.
        silo.Configure<ClusterOptions>(static cluster => cluster.ClusterId = cluster.ServiceId = Id);

        // A cancelled call is waited for here (SiloHost), and a probe made through a third silo is a call that is cancelled
        // when the probed silo is frozen: its verdict would always come too late, and the silo never be declared dead.
        silo.Configure<ClusterMembershipOptions>(static membership => membership.EnableIndirectProbes = false);
        silo.AddPlacementDirector<EvenPlacement, EvenPlacementDirector>();

#pragma warning disable ORLEANSEXP003 // The default directory deactivates a run whose entry died with another silo; this one recovers entries.
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
    }

    private static void JoinOnThisMachine(ISiloBuilder silo, SiloSettings settings)
    {
        // An embedded silo must not be in the way of one that runs on the well-known ports.
        var (siloPort, gatewayPort) = settings.IsEmbedded ? (FreePort(), FreePort()) : (settings.SiloPort, settings.GatewayPort);
        var first = settings.FirstSiloPort is { } port ? new IPEndPoint(IPAddress.Loopback, port) : null;
        silo.UseLocalhostClustering(siloPort, gatewayPort, first);
    }

    private static void JoinByRedis(ISiloBuilder silo, SiloSettings settings)
    {
        silo.ConfigureEndpoints(AddressOf(settings.Address), settings.SiloPort, settings.GatewayPort);
        silo.Services.AddSingleton<RedisPulse>();
        silo.UseRedisClustering(options => options.ConfigurationOptions = ConfigurationOptions.Parse(settings.Redis));
    }

    private static IPAddress AddressOf(string host) =>
        Dns.GetHostAddresses(host).OrderBy(static address => address.AddressFamily).First();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
