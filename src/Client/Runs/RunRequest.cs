using AsyncTour.Client.Inputs;
using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;

namespace AsyncTour.Client.Runs;

/// <summary>One run as the command line asks for it.</summary>
/// <param name="Spec">How the run treats its jobs.</param>
/// <param name="Input">Where its jobs come from.</param>
/// <param name="IsWarm">Whether the path is warmed up first.</param>
internal sealed record RunRequest(RunSpec Spec, JobInput Input, bool IsWarm)
{
    // Waiting for more warm-up jobs than this would take longer than what it saves.
    private const int MostWarmWorkers = 1_000;

    /// <summary>The specification with its warm-up: one worker for each that can be expected to work.</summary>
    public RunSpec WarmSpec => IsWarm ? Spec with { WarmWorkers = Math.Min(Workers, MostWarmWorkers) } : Spec;

    private int Workers
    {
        get
        {
            Concurrency.Pools.Strategy.TryParse(Spec.Strategy, Spec.MaxWorkers, out var strategy, out _);
            return Math.Min(strategy?.MaxWorkers ?? int.MaxValue, Input.Count ?? (strategy?.MaxWorkers ?? 0));
        }
    }
}
