using System.Collections.Immutable;
using AsyncTour.Concurrency.Pools;
using AsyncTour.Grains.Jobs;

namespace AsyncTour.Grains.Runs;

/// <summary>What happens before the run's clock starts.</summary>
internal sealed partial class Run
{
    /// <summary>
    /// Rehearses the run with one short job per worker, counted nowhere, so that what follows meets live grains and warm
    /// code from the strategy to the handler and back.
    /// </summary>
    public async Task WarmUpAsync()
    {
        var began = _time.GetTimestamp();
        if (_partitioning is not null)
        {
            await _partitioning.OpenAsync(_spec.WarmWorkers);
        }
        else if (_spec.WarmWorkers > 0)
        {
            await RehearseAsync(_policies.Strategy, _spec.WarmWorkers, _workers, _time);
        }

        if (_spec.WarmWorkers > 0)
        {
            WarmUp = _time.GetElapsedTime(began);
        }

        Started = _time.GetUtcNow();
    }

    /// <summary>Runs one short job per worker, counted nowhere, so that what follows meets live grains and warm code from the strategy to the handler and back.</summary>
    public static async Task RehearseAsync(Strategy strategy, int workers, Workers grains, TimeProvider time)
    {
        var kind = strategy.Name == "executor" ? "block" : "sleep";
        var jobs = Enumerable.Range(0, workers).Select(i => new Job(i, kind, "1ms", "warm-up")).ToImmutableArray();
        var spec = new RunSpec { Strategy = strategy.Name, MaxWorkers = strategy.MaxWorkers };
        using var rehearsal = new Run("warm-up", spec, grains, null, new Random(0), time, isRehearsal: true);
        rehearsal._ledger.Submit(jobs.Length);
        rehearsal.Intake.Take(jobs, time.GetTimestamp());
        rehearsal.Intake.Seal();
        await rehearsal.RunAsync();
    }
}
