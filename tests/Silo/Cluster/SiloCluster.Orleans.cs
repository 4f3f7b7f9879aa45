using AsyncTour.Orleans.Bench.Cluster;
using AsyncTour.Orleans.Bench.Kills;

namespace AsyncTour.Silo.Tests.Cluster;

/// <summary>Three silo processes and Redis, started once for all tests that need them; none where there is no redis-server.</summary>
public sealed class SiloCluster : IAsyncLifetime
{
    private LocalCluster? _cluster;
    private ClusterClient? _client;
    private ClusterClient? _other;

    internal LocalCluster Silos
    {
        get
        {
            Assert.SkipUnless(RedisServer.IsInstalled, "redis-server is not installed");
            return _cluster!;
        }
    }

    internal ClusterClient Client => _client!;

    internal ClusterClient Other => _other!;

    internal SiloKiller Killer => new(Silos, Client, new Random(1));

    public async ValueTask InitializeAsync()
    {
        if (RedisServer.IsInstalled)
        {
            _cluster = await LocalCluster.StartAsync([typeof(SiloSettings).Assembly.Location], 3);
            _client = await ClusterClient.ConnectAsync(_cluster);
            _other = await ClusterClient.ConnectAsync(_cluster);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in (ClusterClient?[])[_client, _other])
        {
            if (client is not null)
            {
                await client.DisposeAsync();
            }
        }

        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
    }
}
