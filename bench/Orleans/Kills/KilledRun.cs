using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;
using AsyncTour.Orleans.Bench.Cluster;

namespace AsyncTour.Orleans.Bench.Kills;

/// <summary>A run in which a silo was killed.</summary>
/// <param name="Number">Which kill, from 1.</param>
/// <param name="Silo">The silo that was killed.</param>
/// <param name="HadCoordinator">Whether the run's coordinator lived on it.</param>
/// <inheritdoc cref="DisturbedRun"/>
internal sealed record KilledRun(
    int Number, string Silo, bool HadCoordinator, int Submitted, IReadOnlyList<Outcome> Outcomes, RunStatus Status)
    : DisturbedRun(Submitted, Outcomes, Status);
