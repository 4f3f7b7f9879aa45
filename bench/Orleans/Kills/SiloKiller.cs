using System.Globalization;
using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;
using AsyncTour.Orleans.Bench.Cluster;

namespace AsyncTour.Orleans.Bench.Kills;

/// <summary>Which silos may be killed.</summary>
internal enum Victim
{
    /// <summary>Any, drawn at random.</summary>
    Any,

    /// <summary>One that the run's coordinator does not live on.</summary>
    Worker,

    /// <summary>The one the coordinator lives on.</summary>
    Coordinator,
}

/// <summary>When a silo is killed.</summary>
internal enum KillMoment
{
    /// <summary>In the middle of a run.</summary>
    During,

    /// <summary>In the middle of a run, and not killed but told to stop.</summary>
    Stop,

    /// <summary>All of them, one after the other, are told to stop and started again under one run.</summary>
    Roll,

    /// <summary>Just before one starts, which then does not know yet.</summary>
    Before,

    /// <summary>Just before one starts, and started again at its old address at once: the run meets its return.</summary>
    Return,
}

/// <summary>Starts a run, kills a silo in the middle of it, starts that silo again, and follows the run to its end.</summary>
internal sealed class SiloKiller(LocalCluster cluster, ClusterClient client, Random random)
{
    private const int Workers = 12;
    private const int LongestJobMs = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <param name="gently">Whether the silo is told to stop, and leaves in order, rather than killed.</param>
    public async Task<KilledRun> KillDuringRunAsync(int number, int jobs, Victim victim, int partitions = 1, bool gently = false)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"killed-{number}-{random.Next()}");
        var spec = new RunSpec { Strategy = "pool", MaxWorkers = Workers, WarmWorkers = Workers, Partitions = partitions };
        var run = await client.Runs.StartAsync(id, spec, Jobs(jobs).ToAsyncEnumerable());
        await run.Feeding;
        var grain = client.Grains.GetGrain<IRunGrain>(id);
        var middle = random.Next(jobs / 10, jobs / 2);
        var isInTheMiddle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reading = PatientReader.ReadAllAsync(grain, count => _ = count >= middle && isInTheMiddle.TrySetResult());
        await isInTheMiddle.Task;
        var home = await client.CoordinatorPortAsync(id);
        var silo = Choose(cluster, random, victim, home);
        await (gently ? cluster.StopSiloAsync(silo) : cluster.KillSiloAsync(silo));
        var restart = cluster.StartSiloAsync(silo);
        var outcomes = await reading.WaitAsync(Patience);
        await restart;
        var status = await PatientReader.AgainAsync(grain.Status) ?? throw new InvalidOperationException($"The run '{id}' was forgotten.");
        return new KilledRun(number, cluster.Places[silo].Name, cluster.Places[silo].SiloPort == home, jobs, outcomes, status);
    }

    /// <summary>A rolling update under a run: one silo after the other is told to stop and started again.</summary>
    public async Task<KilledRun> RollDuringRunAsync(int number, int jobs)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"rolled-{number}-{random.Next()}");
        var run = await client.Runs.StartAsync(id, new RunSpec { Strategy = "pool", MaxWorkers = Workers, WarmWorkers = Workers }, Jobs(jobs).ToAsyncEnumerable());
        await run.Feeding;
        var reading = PatientReader.ReadAllAsync(client.Grains.GetGrain<IRunGrain>(id), static _ => { });
        for (var silo = 0; silo < cluster.Places.Count; silo++)
        {
            await cluster.StopSiloAsync(silo);
            await cluster.StartSiloAsync(silo);
        }

        if (reading.IsCompleted)
        {
            throw new InvalidOperationException($"The run '{id}' ended before the update did: it needs more jobs.");
        }

        var outcomes = await reading.WaitAsync(Patience);
        var status = await run.StatusAsync() ?? throw new InvalidOperationException($"The run '{id}' was forgotten.");
        return new KilledRun(number, "each", HadCoordinator: true, jobs, outcomes, status);
    }

    /// <summary>
    /// Kills a silo between two runs. The second starts while nobody knows of the death yet, or, where the silo
    /// <paramref name="returns"/>, while it comes back at its old address.
    /// </summary>
    public async Task<KilledRun> KillBeforeRunAsync(int number, int jobs, bool returns)
    {
        var silo = random.Next(cluster.Places.Count);
        await cluster.KillSiloAsync(silo);
        var restart = returns ? cluster.StartSiloAsync(silo) : Task.CompletedTask;
        var id = string.Create(CultureInfo.InvariantCulture, $"killed-before-{number}-{random.Next()}");
        var run = await client.Runs.StartAsync(id, new RunSpec { Strategy = "pool", MaxWorkers = Workers, WarmWorkers = Workers }, Jobs(jobs).ToAsyncEnumerable());
        var outcomes = await PatientReader.ReadAllAsync(client.Grains.GetGrain<IRunGrain>(id), static _ => { }).WaitAsync(Patience);
        await run.Feeding;
        await restart;
        if (!returns)
        {
            await cluster.StartSiloAsync(silo);
        }

        var status = await run.StatusAsync() ?? throw new InvalidOperationException($"The run '{id}' was forgotten.");
        return new KilledRun(number, cluster.Places[silo].Name, HadCoordinator: false, jobs, outcomes, status);
    }

    /// <summary>The number of a silo that may be the one.</summary>
    public static int Choose(LocalCluster cluster, Random random, Victim victim, int home)
    {
        var candidates = Enumerable.Range(0, cluster.Places.Count).Where(silo => victim switch
        {
            Victim.Worker => cluster.Places[silo].SiloPort != home,
            Victim.Coordinator => cluster.Places[silo].SiloPort == home,
            _ => true,
        }).ToList();
        return candidates[random.Next(candidates.Count)];
    }

    private IEnumerable<Job> Jobs(int count) =>
        Enumerable.Range(0, count).Select(index => new Job(
            index, "sleep", string.Create(CultureInfo.InvariantCulture, $"{random.Next(1, LongestJobMs)}ms"), index.ToString(CultureInfo.InvariantCulture)));
}
