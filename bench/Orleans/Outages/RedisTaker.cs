using System.Diagnostics;
using System.Globalization;
using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Promises;
using AsyncTour.Grains.Runs;
using AsyncTour.Orleans.Bench.Cluster;

namespace AsyncTour.Orleans.Bench.Outages;

/// <summary>Takes Redis away in the middle of a run whose input is still coming, asks silos and console how they are, and gives it back.</summary>
internal sealed class RedisTaker(LocalCluster cluster, ClusterClient client, Random random) : IDisposable
{
    private const int Workers = 12;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly HealthLook _health = new();

    /// <param name="kind">How it goes.</param>
    /// <param name="length">For how long at least.</param>
    /// <param name="jobs">How many jobs the run has.</param>
    /// <param name="asks">Whether the console is asked meanwhile, which takes longer.</param>
    public async Task<RedisOutage> TakeAsync(OutageKind kind, TimeSpan length, int jobs, bool asks)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"outage-{random.Next()}");
        var promises = new PromiseClient(client.Grains);
        var promise = await promises.CreateAsync<string>(id);
        var isInTheMiddle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = await client.Runs.StartAsync(id, new RunSpec { Strategy = "pool", MaxWorkers = Workers, WarmWorkers = Workers }, Jobs(jobs).ToAsyncEnumerable());
        var reading = PatientReader.ReadAllAsync(client.Grains.GetGrain<IRunGrain>(id), count => _ = count >= jobs / 5 && isInTheMiddle.TrySetResult());
        await isInTheMiddle.Task;

        var gone = Stopwatch.GetTimestamp();
        await (kind == OutageKind.Frozen ? cluster.RedisServer.FreezeAsync() : cluster.RedisServer.KillAsync());
        var setting = promise.SetResultAsync("set while Redis was away");
        var unready = await UntilAsync(false, gone, length);
        var answers = asks ? await AskAsync(id) : [];
        var rest = length - Stopwatch.GetElapsedTime(gone);
        await Task.Delay(rest > TimeSpan.Zero ? rest : TimeSpan.Zero);
        var away = Stopwatch.GetElapsedTime(gone);

        var back = Stopwatch.GetTimestamp();
        await (kind == OutageKind.Frozen ? cluster.RedisServer.ContinueAsync() : cluster.RedisServer.StartAgainAsync());
        var ready = await UntilAsync(true, back, Patience);
        await setting.WaitAsync(Patience);
        var value = await promises.Find<string>(id);
        var outcomes = await reading.WaitAsync(Patience);
        await run.Feeding.WaitAsync(Patience);
        var status = await run.StatusAsync() ?? throw new InvalidOperationException($"The run '{id}' was forgotten.");
        return new RedisOutage(kind, away, unready, ready, answers, value, jobs, outcomes, status);
    }

    public void Dispose() => _health.Dispose();

    private async Task<IReadOnlyList<ConsoleAnswer>> AskAsync(string id)
    {
        var gateway = cluster.Places[0].GatewayPort;
        return await Task.WhenAll(
            ConsoleAnswer.AskAsync(gateway, "run", "pool", "--jobs", "3", "--duration", "1ms"),
            ConsoleAnswer.AskAsync(gateway, "promise", "new", id + "-new"),
            ConsoleAnswer.AskAsync(gateway, "runs", "list"));
    }

    // From a moment on, until every silo says so; null when one does not within the patience.
    private async Task<TimeSpan?> UntilAsync(bool isReady, long since, TimeSpan patience) =>
        await _health.UntilAsync(cluster.Places, answer => answer.IsReady == isReady, patience) ? Stopwatch.GetElapsedTime(since) : null;

    private IEnumerable<Job> Jobs(int count) =>
        Enumerable.Range(0, count).Select(index => new Job(
            index, "sleep", string.Create(CultureInfo.InvariantCulture, $"{random.Next(1, 40)}ms"), index.ToString(CultureInfo.InvariantCulture)));
}
