using AsyncTour.Concurrency.Pools;
using Orleans;

namespace AsyncTour.Grains.Runs;

/// <summary>A run's workers, or every so manieth of them, found as they are first needed.</summary>
/// <param name="first">The number of the first worker.</param>
/// <param name="step">From one worker's number to the next: 1, or the number of partitions that share the run's workers.</param>
internal sealed class Workers(IGrainFactory grains, string runId, int first = 0, int step = 1)
{
    // Enough calls under way to be quick, few enough not to flood a silo.
    private const int CallsAtOnce = 64;

    private readonly List<IWorkerGrain> _workers = [];

    /// <summary>The worker of a lane of the strategy, which counts its lanes from 0.</summary>
    public IWorkerGrain this[int lane]
    {
        get
        {
            while (lane >= _workers.Count)
            {
                _workers.Add(grains.GetGrain<IWorkerGrain>(WorkerGrain.KeyOf(runId, NumberOf(_workers.Count))));
            }

            return _workers[lane];
        }
    }

    /// <summary>That worker's number in the whole run.</summary>
    public int NumberOf(int lane) => first + (lane * step);

    /// <summary>Lets every worker go.</summary>
    public Task RetireAsync() => ForEachAsync(Enumerable.Range(0, _workers.Count), RetireAsync);

    /// <summary>Calls several workers, a few at a time.</summary>
    /// <param name="lanes">Their lanes.</param>
    /// <param name="call">The call, given the lane.</param>
    public static Task ForEachAsync(IEnumerable<int> lanes, Func<int, Task> call) =>
        Strategy.Pool(CallsAtOnce).RunAsync(JobSource.From(lanes), (lane, _) => new ValueTask(call(lane)));

    private async Task RetireAsync(int lane)
    {
        try
        {
            await this[lane].Retire();
        }
        catch (Exception e) when (LostCalls.IsLost(e))
        {
            // Its silo went and took it along, or it will be collected when it has been idle.
        }
    }
}
