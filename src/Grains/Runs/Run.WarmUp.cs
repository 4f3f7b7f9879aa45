using System.Collections.Immutable;
using AsyncTour.Grains.Jobs;

namespace AsyncTour.Grains.Runs;

/// <summary>What happens before the run's clock starts.</summary>
internal sealed partial class Run
{
    /// <summary>
    /// Rehearses the run with one short job per worker, counted nowhere, so that what follows meets live grains and warm
    /// code from the strategy to the handler and back, notes of idle workers and a reader of the log included.
    /// </summary>
    public async Task WarmUpAsync()
    {
        var began = _time.GetTimestamp();
        if (_partitioning is not null)
        {
            await WarmUpAsync(_partitioning, _partitions!);
        }
        else if (_spec.WarmWorkers > 0)
        {
            await RehearseAsync();
        }

        if (_spec.WarmWorkers > 0)
        {
            WarmUp = _time.GetElapsedTime(began);
        }

        Started = _time.GetUtcNow();
    }

    private async Task RehearseAsync()
    {
        var jobs = Enumerable.Range(0, _spec.WarmWorkers).Select(i => new Job(i, RehearsedKind(Strategy), "1ms", "warm-up")).ToImmutableArray();
        var spec = new RunSpec { Strategy = Strategy, MaxWorkers = _policies.Strategy.MaxWorkers };
        using var rehearsal = new Run(Id, spec, _workers, null, new Random(0), _time, isRehearsal: true);
        rehearsal._ledger.Submit(jobs.Length);
        rehearsal.Intake.Take(jobs, _time.GetTimestamp());
        rehearsal.Intake.Seal();
        var reading = rehearsal.Log.Read(0, jobs.Length, RunLimits.LongestWait, _time);
        await rehearsal.RunAsync();
        await reading;
    }

    private static string RehearsedKind(string strategy) => strategy == "executor" ? "block" : "sleep";
}
