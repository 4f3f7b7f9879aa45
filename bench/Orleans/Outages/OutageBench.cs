using System.Globalization;
using AsyncTour.Orleans.Bench.Cluster;
using AsyncTour.Silo;

namespace AsyncTour.Orleans.Bench.Outages;

/// <summary><c>redis</c>: three silos whose Redis goes away in the middle of runs. Every outcome must come exactly once.</summary>
internal static class OutageBench
{
    private const int Silos = 3;

    public static async Task<int> RunAsync(int jobs, TimeSpan length, int seed)
    {
        await using var cluster = await LocalCluster.StartAsync([typeof(SiloSettings).Assembly.Location], Silos);
        await using var client = await ClusterClient.ConnectAsync(cluster);
        Console.WriteLine($"engine: {Engine.Name}, {await client.CountSilosAsync()} silos, Redis at {cluster.Redis}; seed {seed}\n");
        Console.WriteLine("| Redis | away | unready after | ready again after | outcomes | lost | doubled | ran again | promise | wall |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        using var taker = new RedisTaker(cluster, client, new Random(seed));
        var all = new List<RedisOutage>();
        foreach (var (kind, share) in ((OutageKind, double)[])[(OutageKind.Frozen, 0.1), (OutageKind.Killed, 0.1), (OutageKind.Frozen, 1), (OutageKind.Killed, 1)])
        {
            var outage = await taker.TakeAsync(kind, length * share, jobs, asks: share == 1);
            all.Add(outage);
            Print(outage);
        }

        foreach (var answer in all.SelectMany(static outage => outage.Commands))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n`{answer.Command}`: exit code {answer.ExitCode} after {answer.Took.TotalSeconds:0.0} s\n    {answer.Errors.TrimEnd()}"));
        }

        return all.TrueForAll(static outage => outage.IsWhole) ? 0 : 1;
    }

    private static void Print(RedisOutage outage) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {(outage.Kind == OutageKind.Frozen ? "frozen" : "killed")} | {Told(outage.Length)} | {Told(outage.Unready)} | {Told(outage.Ready)} | {outage.Outcomes.Count:N0} | {outage.Lost} | {outage.Doubled} | {outage.Again} | {outage.Promise} | {Told(outage.Status.Wall)} |"));

    private static string Told(TimeSpan? time) => time is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known.TotalSeconds:0.0} s") : "never";
}
