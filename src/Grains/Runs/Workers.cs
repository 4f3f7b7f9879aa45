using AsyncTour.Concurrency.Pools;
using AsyncTour.Grains.Jobs;
using Orleans;

namespace AsyncTour.Grains.Runs;

/// <summary>A run's workers by number, found as they are first needed.</summary>
internal sealed class Workers(IGrainFactory grains, string runId)
{
    // Enough calls under way to be quick, few enough not to flood a silo.
    private const int CallsAtOnce = 64;

    private readonly List<IWorkerGrain> _workers = [];

    public IWorkerGrain this[int number]
    {
        get
        {
            while (number >= _workers.Count)
            {
                _workers.Add(grains.GetGrain<IWorkerGrain>(WorkerGrain.KeyOf(runId, _workers.Count)));
            }

            return _workers[number];
        }
    }

    /// <summary>Has each of the first workers run one job that is counted nowhere, so that what follows meets warm code and live grains.</summary>
    public Task WarmUpAsync(int count, bool isBlocking)
    {
        var job = new Job(-1, isBlocking ? "block" : "sleep", "1ms", "warm-up");
        return ForEach(count, worker => this[worker].Run(new JobAttempt(job, worker, 1, null, true), CancellationToken.None));
    }

    /// <summary>Lets every worker go.</summary>
    public Task RetireAsync() => ForEach(_workers.Count, worker => this[worker].Retire());

    private static Task ForEach(int count, Func<int, Task> call) =>
        Strategy.Pool(CallsAtOnce).RunAsync(JobSource.From(Enumerable.Range(0, count)), (worker, _) => new ValueTask(call(worker)));
}
