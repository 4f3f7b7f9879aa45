using System.Net;
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
    /// <summary>Connects to the cluster behind a gateway.</summary>
    /// <param name="runs">How runs are spoken to there; <c>null</c> for the defaults.</param>
    public static async Task<Connection> OpenAsync(GatewayAddress address, CancellationToken cancellationToken, RunClientOptions? runs = null)
    {
        var gateway = await ResolveAsync(address, cancellationToken);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.UseOrleansClient(client =>
        {
            client.UseStaticClustering(gateway);
            client.Configure<ClusterOptions>(static cluster => cluster.ClusterId = cluster.ServiceId = "dev");
            client.Configure<ClientMessagingOptions>(static messaging => messaging.WaitForCancellationAcknowledgement = true);
            client.AddActivityPropagation();
        });
        builder.Services.AddSingleton<IHostLifetime, LifetimeOfTheCommand>();
        var host = builder.Build();
        try
        {
            await host.StartAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            host.Dispose();
            throw new NoSiloException($"the silo at {address} cannot be used: {e.Message}");
        }

        var grains = host.Services.GetRequiredService<IGrainFactory>();
        return new Connection(grains, Engine.Name, await SilosAsync(grains), $" at {address}", new RunningHost(host), runs);
    }

    public static NoSiloException NotThere(GatewayAddress address) =>
        new($"no silo answers at {address}: start one (dotnet run --project src/Silo), or leave --connect out to run one in this process");

    private static async Task<int> SilosAsync(IGrainFactory grains) =>
        (await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Count;

    private static async Task<IPEndPoint> ResolveAsync(GatewayAddress address, CancellationToken cancellationToken)
    {
        var host = address.Host.Trim('[', ']');
        var found = await Dns.GetHostAddressesAsync(host, cancellationToken);
        return new IPEndPoint(found.OrderBy(static a => a.AddressFamily).First(), address.Port);
    }
}
