using AsyncTour.Simulation.Plans;
using AsyncTour.Simulation.Scenes;
using AsyncTour.Simulation.Watching;

namespace AsyncTour.Simulation.Sweeps;

/// <summary>Many seeds, one after the other, to the first breach.</summary>
public sealed class Sweep(Func<Plan, Task<SceneReport>> play)
{
    /// <summary>Plays each plan; ends early at a plan that breaks something.</summary>
    /// <param name="plans">The plans, pulled one at a time.</param>
    /// <param name="heard">Hears each report.</param>
    /// <param name="stop">Ends the sweep between two plans.</param>
    public async Task<SweepReport> RunAsync(IEnumerable<Plan> plans, Action<SceneReport>? heard = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(plans);
        var report = new SweepReport();
        foreach (var plan in plans)
        {
            if (stop.IsCancellationRequested)
                break;
            var scene = await play(plan);
            heard?.Invoke(scene);
            report = report.And(scene);
            if (scene.Breach is not null)
                return report with { Failing = scene };
        }

        return report;
    }

    /// <summary>The plan of one seed of a mixed sweep: the seed chooses strategy, sizes, timeouts and faults as well.</summary>
    public static Plan Mixed(int seed)
    {
        var random = new Random(unchecked(seed * 7919));
        var parts = random.Next(3) == 0 ? 1 + random.Next(5) : 1;
        var workers = parts + random.Next(12);
        string[] strategies = ["pool", "pool", "first-completed", "wait-all", "sequential", "executor"];
        var strategy = strategies[random.Next(strategies.Length)];
        var partitions = strategy == "sequential" ? 1 : parts;
        return new Plan
        {
            Seed = seed,
            Silos = 1 + random.Next(7),
            Jobs = parts + random.Next(40),
            MaxWorkers = workers,
            Partitions = partitions,
            Promises = random.Next(4),
            Strategy = strategy,
            Kind = strategy == "executor" ? "block" : "sleep",
            Duration = Plan.Read(random.Next(3) == 0 ? "exp:5s" : "0..20s"),
            Latency = Plan.Read(random.Next(2) == 0 ? "200us..20ms" : "exp:5ms"),
            CrashRate = random.Next(3) == 0 ? 0 : random.NextDouble() * 2,
            Loss = random.Next(3) == 0 ? random.NextDouble() * 0.02 : 0,
            PartitionRate = random.Next(3) == 0 ? random.NextDouble() * 3 : 0,
            FaultsFor = TimeSpan.FromMinutes(2),
            JobTimeout = random.Next(3) == 0 ? TimeSpan.FromSeconds(8) : null,
            Timeout = random.Next(6) == 0 ? TimeSpan.FromSeconds(60) : null,
            AtMostOnce = random.Next(4) == 0,
        };
    }

    /// <summary>Plays a plan with the invariants watched.</summary>
    public static Task<SceneReport> Watched(Plan plan) => new Scene(plan).PlayAsync();

    /// <summary>Plays a plan twice; a difference is a breach of its own.</summary>
    public static async Task<SceneReport> Verified(Plan plan)
    {
        var first = await Watched(plan);
        var second = await Watched(plan);
        return first.Breach is not null || first.Digest == second.Digest
            ? first
            : first with { Breach = new BreachException($"seed {plan.Seed} had two histories: digest {first.Digest}, then {second.Digest}").Message };
    }
}
