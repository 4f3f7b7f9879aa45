using System.Globalization;

namespace AsyncTour.Orleans.Bench.Cluster;

/// <summary>Several silo processes on this machine with a Redis server of their own.</summary>
internal sealed class LocalCluster : IAsyncDisposable
{
    private readonly string _program;
    private readonly SiloProcess?[] _silos;
    private readonly RedisServer _redis;

    private LocalCluster(string program, RedisServer redis, int silos, string traces)
    {
        (_program, _redis) = (program, redis);
        _silos = new SiloProcess?[silos];
        var ports = FreePorts.Take(silos * 3);
        Places = [.. Enumerable.Range(0, silos).Select(i => new SiloPlace(
            string.Create(CultureInfo.InvariantCulture, $"silo-{i + 1}"), ports[i * 3], ports[(i * 3) + 1], ports[(i * 3) + 2], traces))];
    }

    public IReadOnlyList<SiloPlace> Places { get; }

    public string Redis => _redis.Address;

    /// <summary>Starts Redis and the silos, and returns when all are up.</summary>
    /// <param name="program">The silo's assembly.</param>
    /// <param name="silos">How many.</param>
    /// <param name="traces">Where each writes its traces.</param>
    public static async Task<LocalCluster> StartAsync(string program, int silos, string traces = "none")
    {
        var cluster = new LocalCluster(program, await RedisServer.StartAsync(), silos, traces);
        try
        {
            await Task.WhenAll(Enumerable.Range(0, silos).Select(cluster.StartSiloAsync));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a silo, again at the same place when it ran before.</summary>
    public async Task StartSiloAsync(int number) =>
        _silos[number] = await SiloProcess.StartAsync(_program, Places[number], _redis.Address);

    public Task KillSiloAsync(int number) => _silos[number]!.KillAsync();

    public Task<int> StopSiloAsync(int number) => _silos[number]!.StopAsync();

    public IReadOnlyCollection<string> Said(int number) => _silos[number]!.Said;

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
        {
            if (silo is not null)
            {
                await silo.DisposeAsync();
            }
        }

        _redis.Dispose();
    }
}
