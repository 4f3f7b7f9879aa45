using System.Globalization;
using AsyncTour.Orleans.Bench.Cluster;
using AsyncTour.Silo;

namespace AsyncTour.Orleans.Bench.Promises;

/// <summary><c>promises</c>: a silo killed after each acknowledged settlement. No value may be lost, no wait forgotten, no race won twice.</summary>
internal static class PromisesBench
{
    private const int Silos = 3;

    public static async Task<int> RunAsync(int rounds, int seed)
    {
        Console.WriteLine($"seed {seed}: promises --rounds {rounds} --seed {seed} repeats the choices");
        await using var cluster = await LocalCluster.StartAsync([typeof(SiloSettings).Assembly.Location], Silos);
        await using var setter = await ClusterClient.ConnectAsync(cluster);
        await using var other = await ClusterClient.ConnectAsync(cluster);
        Console.WriteLine($"engine: {Engine.Name}, {await setter.CountSilosAsync()} silos, Redis at {cluster.Redis}\n");
        var random = new Random(seed);
        var killer = new PromiseKiller(cluster, setter, other, random);
        var all = new List<PromiseRound>();
        for (var number = 1; number <= rounds; number++)
        {
            // Two of three hit the promise's own silo; one of four leaves its place empty until the death is known.
            var round = await killer.KillAsync(number, random.Next(3) > 0, random.Next(4) > 0 ? Restart.AtOnce : Restart.AfterAnswers);
            await Console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{number}: {round.Silo}, home {round.WasHome}, restart {round.Restart}, get {round.GetTook.TotalSeconds:0.0} s, waits {round.WaitTook.TotalSeconds:0.0} s, whole {round.IsWhole}"));
            if (!round.IsWhole)
            {
                Console.WriteLine($"kill {number} is not whole: got {round.Got}; waited {round.Waited}; {round.RaceWinners} winners; raced {round.RaceValue}");
            }

            all.Add(round);
        }

        Print(all);
        return all.TrueForAll(static round => round.IsWhole) ? 0 : 1;
    }

    private static void Print(List<PromiseRound> all)
    {
        Console.WriteLine("| killed | started again | kills | values lost | waits lost | races with one winner | `get` after, median and longest | last `wait` after |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var group in all.GroupBy(static round => (round.WasHome, round.Restart)).OrderByDescending(static group => group.Key))
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {(group.Key.WasHome ? "the promise's own silo" : "another silo")} | {(group.Key.Restart == Restart.AtOnce ? "at once" : "after the answers")} | {group.Count()} | {group.Count(static r => !r.Got.IsRight)} | {group.Count(static r => !r.Waited.IsRight)} | {group.Count(static r => r.RaceWinners == 1 && r.RaceValue.IsRight)} | {Told(group.Select(static r => r.GetTook))} | {Told(group.Select(static r => r.WaitTook))} |"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{all.Count(static round => round.IsWhole)} of {all.Count} kills are whole"));
    }

    private static string Told(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Select(static time => time.TotalSeconds).Order().ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{sorted[sorted.Count / 2]:0.0} s, {sorted[^1]:0.0} s");
    }
}
