using System.Diagnostics;
using System.Globalization;
using AsyncTour.Grains.Promises;
using AsyncTour.Orleans.Bench.Cluster;

namespace AsyncTour.Orleans.Bench.Promises;

/// <summary>
/// Sets a promise, has a silo killed the moment the acknowledgement comes, and asks another client what became of it, of
/// the waits that were open, and of a race between two settlements that was under way.
/// </summary>
internal sealed class PromiseKiller(LocalCluster cluster, ClusterClient setter, ClusterClient other, Random random)
{
    private const int OpenWaits = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly PromiseClient _setter = Named(setter, "setter");
    private readonly PromiseClient _other = Named(other, "other");

    /// <param name="number">Which kill.</param>
    /// <param name="atHome">Whether the silo of the promise that is set is to be the one; otherwise it is drawn.</param>
    /// <param name="restart">When it is started again.</param>
    public async Task<PromiseRound> KillAsync(int number, bool atHome, Restart restart)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"kill-{number}-{random.Next()}");
        var settled = await _setter.CreateAsync<string>(id);
        var raced = await _setter.CreateAsync<string>(id + "-raced");
        var open = await OpenAsync(id);
        var home = await setter.PromisePortAsync(id);
        var waits = open.Select(one => WaitAsync(one.Id)).ToList();
        await Task.WhenAll(open.Select(static one => one.StatusAsync()));
        var victim = atHome ? cluster.SiloAt(home) : random.Next(cluster.Places.Count);

        await settled.SetResultAsync(id);
        var killed = Stopwatch.GetTimestamp();
        var death = cluster.KillSiloAsync(victim);
        var race = RaceAsync(raced.Id);
        var get = GetAsync(id, killed);
        await death;
        var back = restart == Restart.AtOnce ? cluster.StartSiloAsync(victim) : null;
        await Task.WhenAll(open.Select(static one => one.SetResultAsync(one.Id))).WaitAsync(Patience);

        var waited = await Task.WhenAll(waits).WaitAsync(Patience);
        var waitTook = Stopwatch.GetElapsedTime(killed);
        var (got, getTook) = await get.WaitAsync(Patience);
        var (winners, seen) = await race.WaitAsync(Patience);
        await (back ?? cluster.StartSiloAsync(victim));
        return new PromiseRound(
            number, cluster.Places[victim].Name, cluster.Places[victim].SiloPort == home, restart, new Seen([got], [id]),
            new Seen(waited, [.. open.Select(static one => one.Id)]), winners, seen, getTook, waitTook);
    }

    // Several, so that some live on the silo that dies and some do not.
    private async Task<List<Promise<string>>> OpenAsync(string id)
    {
        var open = new List<Promise<string>>();
        for (var i = 0; i < OpenWaits; i++)
        {
            open.Add(await _setter.CreateAsync<string>(string.Create(CultureInfo.InvariantCulture, $"{id}-open-{i}")));
        }

        return open;
    }

    private async Task<string> WaitAsync(string id) => await _other.Find<string>(id);

    private async Task<(string Value, TimeSpan Took)> GetAsync(string id, long since)
    {
        var status = await _other.Find<string>(id).StatusAsync();
        return (status is { State: PromiseState.Done } ? _other.Find<string>(id).ValueOf(status) : $"{status?.State}", Stopwatch.GetElapsedTime(since));
    }

    // Two clients settle one promise while its silo may be dying; each is told whether it was the first.
    private async Task<(int Winners, Seen Values)> RaceAsync(string id)
    {
        var tries = await Task.WhenAll(
            _setter.Find<string>(id).TrySetResultAsync("setter"),
            _other.Find<string>(id).TrySetResultAsync("other"));
        var winner = tries switch { [true, false] => "setter", [false, true] => "other", _ => "?" };
        return (tries.Count(static won => won), new Seen([await _setter.Find<string>(id), await _other.Find<string>(id)], [winner, winner]));
    }

    private static PromiseClient Named(ClusterClient client, string name) => new(client.Grains, new PromiseClientOptions { Name = name });
}
