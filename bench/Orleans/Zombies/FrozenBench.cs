using System.Globalization;
using AsyncTour.Orleans.Bench.Cluster;
using AsyncTour.Orleans.Bench.Kills;
using AsyncTour.Silo;

namespace AsyncTour.Orleans.Bench.Zombies;

/// <summary><c>frozen</c>: silos frozen during runs, until they are taken for dead, and continued. Every outcome must come exactly once.</summary>
internal static class FrozenBench
{
    private const int Silos = 3;

    public static async Task<int> RunAsync(int rounds, int jobs, int seed)
    {
        await using var cluster = await LocalCluster.StartAsync([typeof(SiloSettings).Assembly.Location], Silos);
        await using var client = await ClusterClient.ConnectAsync(cluster);
        Console.WriteLine($"engine: {Engine.Name}, {await client.CountSilosAsync()} silos, Redis at {cluster.Redis}; seed {seed}\n");
        Console.WriteLine("| silo | had the coordinator | frozen | taken for dead after | left after | exit code | outcomes | lost | doubled | ran again | peak | wall |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|");
        using var freezer = new SiloFreezer(cluster, client, new Random(seed));
        var all = new List<FrozenRun>();
        for (var round = 0; round < rounds; round++)
        {
            // A nap first; then workers' silos and the coordinator's by turns, each until it is taken for dead.
            var frozen = await freezer.FreezeAsync(round + 1, jobs, round % 2 == 1 ? Victim.Worker : Victim.Coordinator, untilDead: round > 0);
            all.Add(frozen);
            Print(frozen);
        }

        Console.WriteLine($"\nIts words: {all.Select(static one => one.Words.Trim()).FirstOrDefault(static words => words.Length > 0)}");
        return all.TrueForAll(static frozen => frozen.IsWhole) ? 0 : 1;
    }

    private static void Print(FrozenRun frozen)
    {
        var run = frozen.Run;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {run.Silo} | {(run.HadCoordinator ? "yes" : "no")} | {Told(frozen.FrozenFor)} | {Told(frozen.DeadAfter)} | {Told(frozen.LeftAfter)} | {frozen.ExitCode} | {run.Outcomes.Count:N0} | {run.Lost} | {run.Doubled} | {run.Again} | {run.Status.PeakConcurrency} | {Told(run.Status.Wall)} |"));
    }

    private static string Told(TimeSpan? time) => time is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known.TotalSeconds:0.0} s") : "never";
}
