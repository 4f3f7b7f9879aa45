using System.Globalization;

namespace AsyncTour.Orleans.Bench.Cluster;

/// <summary>Several silo processes on this machine, with a Redis server of their own or with none.</summary>
internal sealed class LocalCluster : IAsyncDisposable
{
    private readonly IReadOnlyList<string> _program;
    private readonly SiloProcess?[] _silos;
    private readonly RedisServer? _redis;

    private LocalCluster(IReadOnlyList<string> program, RedisServer? redis, int silos, string traces)
    {
        (_program, _redis) = (program, redis);
        _silos = new SiloProcess?[silos];
        var ports = FreePorts.Take(silos * 3);
        Places = [.. Enumerable.Range(0, silos).Select(i => new SiloPlace(
            string.Create(CultureInfo.InvariantCulture, $"silo-{i + 1}"), ports[i * 3], ports[(i * 3) + 1], ports[(i * 3) + 2], ports[0], traces))];
    }

    public IReadOnlyList<SiloPlace> Places { get; }

    /// <summary>Where its Redis listens; <c>null</c> when it has none and keeps nothing.</summary>
    public string? Redis => _redis?.Address;

    /// <summary>Its Redis server.</summary>
    public RedisServer RedisServer => _redis ?? throw new InvalidOperationException("This cluster has no Redis.");

    /// <summary>Starts the silos, and returns when all are up.</summary>
    /// <param name="program">The silo's assembly, and arguments before its own.</param>
    /// <param name="silos">How many.</param>
    /// <param name="redis">Whether by Redis.</param>
    /// <param name="traces">Where each writes its traces.</param>
    public static async Task<LocalCluster> StartAsync(IReadOnlyList<string> program, int silos, bool redis = true, string traces = "none")
    {
        var cluster = new LocalCluster(program, redis ? await RedisServer.StartAsync() : null, silos, traces);
        try
        {
            // Without Redis the first must be there for the others to join.
            await cluster.StartSiloAsync(0);
            await Task.WhenAll(Enumerable.Range(1, silos - 1).Select(cluster.StartSiloAsync));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a silo, again at the same place when it ran before.</summary>
    public Task StartSiloAsync(int number) => (_silos[number] = SiloProcess.Start(_program, Places[number], Redis)).UpAsync();

    /// <summary>The number of the silo whose silo port this is.</summary>
    public int SiloAt(int siloPort) => Enumerable.Range(0, Places.Count).First(number => Places[number].SiloPort == siloPort);

    public Task KillSiloAsync(int number) => _silos[number]!.KillAsync();

    public Task FreezeSiloAsync(int number) => _silos[number]!.FreezeAsync();

    public Task ContinueSiloAsync(int number) => _silos[number]!.ContinueAsync();

    /// <summary>Its exit code once it has ended by itself; <c>null</c> when it does not within the patience.</summary>
    public Task<int?> EndOfSiloAsync(int number, TimeSpan patience) => _silos[number]!.EndAsync(patience);

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

        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }
    }
}
