using System.Net;
using AsyncTour.Grains.Promises;
using AsyncTour.Grains.Runs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using StackExchange.Redis;

namespace AsyncTour.Orleans.Bench.Cluster;

/// <summary>A client that knows every gateway, so that it outlives any one silo.</summary>
internal sealed class ClusterClient : IAsyncDisposable
{
    // A call into a dead silo hangs until its timeout. Short, so that a reader finds the run again soon.
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(12);

    private readonly IHost _host;

    private ClusterClient(IHost host) => _host = host;

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public RunClient Runs => new(Grains);

    public static async Task<ClusterClient> ConnectAsync(LocalCluster cluster)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.UseOrleansClient(client =>
        {
            if (cluster.Redis is { } redis)
            {
                client.UseRedisClustering(options => options.ConfigurationOptions = ConfigurationOptions.Parse(redis));
            }
            else
            {
                client.UseStaticClustering([.. cluster.Places.Select(static place => new IPEndPoint(IPAddress.Loopback, place.GatewayPort))]);
            }

            client.Configure<ClusterOptions>(static options => options.ClusterId = options.ServiceId = "dev");
            client.Configure<GatewayOptions>(static gateways => gateways.GatewayListRefreshPeriod = TimeSpan.FromSeconds(2));
            client.Configure<ClientMessagingOptions>(static messaging =>
            {
                messaging.WaitForCancellationAcknowledgement = true;
                messaging.ResponseTimeout = CallTimeout;
            });
        });
        var host = builder.Build();
        await host.StartAsync();
        return new ClusterClient(host);
    }

    /// <summary>How many silos are active.</summary>
    public async Task<int> CountSilosAsync() => (await Grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Count;

    /// <summary>The silo port of the silo that a run's coordinator lives on.</summary>
    public async Task<int> CoordinatorPortAsync(string runId)
    {
        var silo = await AddressAsync(Grains.GetGrain<IRunGrain>(runId));
        return silo?.Endpoint.Port ?? throw new InvalidOperationException($"The run '{runId}' has no coordinator.");
    }

    /// <summary>The silo port of the silo that a promise lives on.</summary>
    public async Task<int> PromisePortAsync(string id)
    {
        var silo = await AddressAsync(Grains.GetGrain<IPromiseGrain>(id));
        return silo?.Endpoint.Port ?? throw new InvalidOperationException($"The promise '{id}' lives nowhere.");
    }

    private ValueTask<SiloAddress?> AddressAsync(IAddressable grain) => Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(grain);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
