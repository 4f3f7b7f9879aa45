using AsyncTour.Grains.Runs;
using AsyncTour.Simulation.Plans;
using AsyncTour.Simulator.Time;

namespace AsyncTour.Simulation.Scenes;

/// <summary>What became of a plan.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Digest">Stands for the whole history: the same plan has the same one, in any process.</param>
/// <param name="Statistics">Turns, messages and faults.</param>
/// <param name="End">The coordinator's last word; <c>null</c> after a breach.</param>
/// <param name="PeakConcurrency">The most jobs that really ran at once; 0 when nobody watched.</param>
/// <param name="RealTime">How long the simulation took by the machine's clock.</param>
/// <param name="Breach">What must always hold and did not, as one sentence; <c>null</c> when all held.</param>
public sealed record SceneReport(
    Plan Plan, string Digest, SimulationStatistics Statistics, RunStatus? End, int PeakConcurrency, TimeSpan RealTime, string? Breach)
{
    /// <summary>Where the jobs are.</summary>
    public Ledger Ledger => End?.Ledger ?? default;

    /// <summary>From the run's start to the last job's end, in virtual time.</summary>
    public TimeSpan VirtualWall => End?.Wall ?? TimeSpan.Zero;

    /// <summary>The same durations with no overhead.</summary>
    public TimeSpan Ideal => End?.Ideal ?? TimeSpan.Zero;

    /// <summary>How long the coordinator was busy with its messages; zero unless they cost time.</summary>
    public TimeSpan CoordinatorBusy { get; init; }

    /// <summary>The same for the busiest of its partitions.</summary>
    public TimeSpan PartitionBusy { get; init; }

    /// <summary>Ideal over wall.</summary>
    public double Efficiency => VirtualWall > TimeSpan.Zero ? Ideal / VirtualWall : 1;

    /// <summary>Job completions per second of real time.</summary>
    public double CompletionsPerSecond => Ledger.Ended / Math.Max(RealTime.TotalSeconds, 1e-9);
}
