using System.Diagnostics;
using System.Globalization;
using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;
using AsyncTour.Orleans.Bench.Cluster;
using AsyncTour.Orleans.Bench.Kills;

namespace AsyncTour.Orleans.Bench.Zombies;

/// <summary>
/// Freezes a silo in the middle of a run, for less than its death takes to be declared or until it has been, and continues
/// it: what it then does, believing that it is still one of them, must change nothing.
/// </summary>
internal sealed class SiloFreezer(LocalCluster cluster, ClusterClient client, Random random) : IDisposable
{
    private const int Workers = 12;
    private const int LongEvery = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Nap = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LongestDying = TimeSpan.FromSeconds(120);

    private readonly HealthLook _health = new();

    /// <param name="number">Which freezing.</param>
    /// <param name="jobs">How many jobs the run has.</param>
    /// <param name="victim">Which silo.</param>
    /// <param name="untilDead">Whether it stays frozen until the others have declared it dead; otherwise some seconds.</param>
    public async Task<FrozenRun> FreezeAsync(int number, int jobs, Victim victim, bool untilDead)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"frozen-{number}-{random.Next()}");
        var isInTheMiddle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = await client.Runs.StartAsync(id, new RunSpec { Strategy = "pool", MaxWorkers = Workers, WarmWorkers = Workers }, Jobs(jobs).ToAsyncEnumerable());
        var grain = client.Grains.GetGrain<IRunGrain>(id);
        var reading = PatientReader.ReadAllAsync(grain, count => _ = count >= jobs / 10 && isInTheMiddle.TrySetResult());
        await isInTheMiddle.Task;
        var home = await client.CoordinatorPortAsync(id);
        var silo = SiloKiller.Choose(cluster, random, victim, home);

        var frozen = Stopwatch.GetTimestamp();
        await cluster.FreezeSiloAsync(silo);
        var others = cluster.Places.Where((_, place) => place != silo);
        var isDead = await _health.UntilAsync(others, answer => answer.Silos < cluster.Places.Count, untilDead ? LongestDying : Nap);
        TimeSpan? deadAfter = isDead ? Stopwatch.GetElapsedTime(frozen) : null;
        var continued = Stopwatch.GetTimestamp();
        await cluster.ContinueSiloAsync(silo);

        // Only one that was taken for dead is expected to leave.
        var exitCode = isDead ? await cluster.EndOfSiloAsync(silo, Patience) : (int?)null;
        TimeSpan? leftAfter = exitCode is null ? null : Stopwatch.GetElapsedTime(continued);
        var words = exitCode is null ? "" : LastWords(silo);
        var outcomes = await reading.WaitAsync(Patience);
        await run.Feeding.WaitAsync(Patience);
        var status = await PatientReader.AgainAsync(grain.Status) ?? throw new InvalidOperationException($"The run '{id}' was forgotten.");
        if (exitCode is not null)
        {
            await cluster.StartSiloAsync(silo);
        }

        var place = cluster.Places[silo];
        return new FrozenRun(
            new KilledRun(number, place.Name, place.SiloPort == home, jobs, outcomes, status),
            deadAfter, Stopwatch.GetElapsedTime(frozen, continued), leftAfter, exitCode, words);
    }

    public void Dispose() => _health.Dispose();

    private string LastWords(int silo) =>
        cluster.Said(silo).FirstOrDefault(static line => line.Contains("am dead", StringComparison.OrdinalIgnoreCase)) ?? cluster.Said(silo).Last();

    // Now and then a long one, so that the frozen silo's workers have jobs in hand that end when it is continued.
    private IEnumerable<Job> Jobs(int count) =>
        Enumerable.Range(0, count).Select(index => new Job(
            index, "sleep",
            index % LongEvery == LongEvery - 1 ? "3s" : string.Create(CultureInfo.InvariantCulture, $"{random.Next(1, 60)}ms"),
            index.ToString(CultureInfo.InvariantCulture)));
}
