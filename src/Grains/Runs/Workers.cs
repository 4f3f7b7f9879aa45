using AsyncTour.Concurrency.Pools;
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

    /// <summary>Lets every worker go.</summary>
    public Task RetireAsync() => ForEach(_workers.Count, worker => this[worker].Retire());

    private static Task ForEach(int count, Func<int, Task> call) =>
        Strategy.Pool(CallsAtOnce).RunAsync(JobSource.From(Enumerable.Range(0, count)), (worker, _) => new ValueTask(call(worker)));
}
