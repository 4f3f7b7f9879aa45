using System.Net;
using System.Net.Sockets;
using AsyncTour.Grains.Runs;
using AsyncTour.Silo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace AsyncTour.Client.Connections;

/// <summary>A silo in another process, and with it its cluster, reached through its gateway.</summary>
internal static class Remote
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(30);

    /// <summary>Connects to the cluster behind its gateways: to the first that answers, and to the next when that is lost.</summary>
    /// <param name="runs">How runs are spoken to there; <c>null</c> for the defaults.</param>
    public static async Task<Connection> OpenAsync(GatewayList gateways, CancellationToken cancellationToken, RunClientOptions? runs = null)
    {
        var stopping = CancellationToken.None;
        var endpoints = await ResolveAsync(gateways, cancellationToken);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.UseOrleansClient(client =>
        {
            client.UseStaticClustering(endpoints);
            client.Configure<ClusterOptions>(static cluster => cluster.ClusterId = cluster.ServiceId = "dev");
            client.Configure<ClientMessagingOptions>(static messaging => messaging.WaitForCancellationAcknowledgement = true);
            client.AddActivityPropagation();
            client.AddClusterConnectionLostHandler((_, _) =>
            {
                // A connection that this client closes is not lost.
                if (!stopping.IsCancellationRequested)
                {
                    runs?.Unanswered?.Invoke();
                }
            });
        });
        builder.Services.AddSingleton<IHostLifetime, LifetimeOfTheCommand>();
        var host = builder.Build();
        stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        try
        {
            // A silo that dies just now would be waited for without end.
            await host.StartAsync(cancellationToken).WaitAsync(LongestStart, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            host.Dispose();
            throw new NoSiloException($"{gateways.Subject} cannot be used: {e.Message}");
        }

        var running = new RunningHost(host);
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        try
        {
            return new Connection(grains, Engine.Name, await SilosAsync(grains), gateways, running, runs);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await running.DisposeAsync();
            throw new NoSiloException($"{gateways.Subject} answers but cannot say which silos there are, as when the cluster's Redis is away: try again when its /health/ready is 200");
        }
    }

    public static NoSiloException NotThere(GatewayList gateways) =>
        new($"no silo answers at {gateways}: start one (dotnet run --project src/Silo), or leave --connect out to run one in this process");

    private static async Task<int> SilosAsync(IGrainFactory grains) =>
        (await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Count;

    private static async Task<IPEndPoint[]> ResolveAsync(GatewayList gateways, CancellationToken cancellationToken)
    {
        var endpoints = new List<IPEndPoint>();
        foreach (var address in gateways.Addresses)
        {
            try
            {
                var found = await Dns.GetHostAddressesAsync(address.Host.Trim('[', ']'), cancellationToken);
                endpoints.Add(new IPEndPoint(found.OrderBy(static a => a.AddressFamily).First(), address.Port));
            }
            catch (SocketException)
            {
                // The name of a machine that is gone may be gone with it; there are others, or else the sentence below.
            }
        }

        return endpoints.Count > 0 ? [.. endpoints] : throw NotThere(gateways);
    }
}
