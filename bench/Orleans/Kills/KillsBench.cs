using System.Globalization;
using AsyncTour.Orleans.Bench.Cluster;
using AsyncTour.Silo;

namespace AsyncTour.Orleans.Bench.Kills;

/// <summary><c>kills</c>: three silos, runs of 1,000 jobs, a silo killed in each. Every outcome must come exactly once.</summary>
internal static class KillsBench
{
    private const int Silos = 3;

    public static async Task<int> RunAsync(int kills, int jobs, KillMoment moment, Victim victim, int partitions, int seed)
    {
        Console.WriteLine($"seed {seed}: kills --kills {kills} --jobs {jobs} --moment {moment} --victim {victim} --partitions {partitions} --seed {seed} repeats the choices".ToLowerInvariant());
        await using var cluster = await LocalCluster.StartAsync([typeof(SiloSettings).Assembly.Location], Silos);
        await using var client = await ClusterClient.ConnectAsync(cluster);
        Console.WriteLine($"engine: {Engine.Name}, {await client.CountSilosAsync()} silos, Redis at {cluster.Redis}\n");
        Console.WriteLine("| kill | silo | had the coordinator | outcomes | lost | doubled | ran again | peak | wall |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        var killer = new SiloKiller(cluster, client, new Random(seed));
        var (whole, outcomes) = (0, 0);
        for (var kill = 1; kill <= kills; kill++)
        {
            var run = await (moment switch
            {
                KillMoment.Roll => killer.RollDuringRunAsync(kill, jobs),
                KillMoment.Before or KillMoment.Return => killer.KillBeforeRunAsync(kill, jobs, returns: moment == KillMoment.Return),
                _ => killer.KillDuringRunAsync(kill, jobs, victim, partitions, gently: moment == KillMoment.Stop),
            });
            Print(run);
            whole += run.IsWhole ? 1 : 0;
            outcomes += run.Outcomes.Count;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{whole} of {kills} runs are whole; {outcomes:N0} outcomes of {kills * jobs:N0} jobs"));
        return whole == kills ? 0 : 1;
    }

    private static void Print(KilledRun run) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {run.Number} | {run.Silo} | {(run.HadCoordinator ? "yes" : "no")} | {run.Outcomes.Count:N0} | {run.Lost} | {run.Doubled} | {run.Again} | {run.Status.PeakConcurrency} | {run.Status.Wall.TotalSeconds:0.0} s |"));
}
