using AsyncTour.Grains.Runs;
using AsyncTour.Simulation.Plans;
using AsyncTour.Simulator.Time;

namespace AsyncTour.Simulation.Scenes;

/// <summary>What became of a plan.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Digest">Stands for the whole history: the same plan has the same one, in any process.</param>
/// <param name="Statistics">Turns, messages and faults.</param>
/// <param name="Ends">Each coordinator's last word; empty after a breach.</param>
/// <param name="PeakConcurrency">The most jobs that really ran at once; 0 when nobody watched.</param>
/// <param name="RealTime">How long the simulation took by the machine's clock.</param>
/// <param name="Breach">What must always hold and did not, as one sentence; <c>null</c> when all held.</param>
public sealed record SceneReport(
    Plan Plan, string Digest, SimulationStatistics Statistics, IReadOnlyList<RunStatus> Ends, int PeakConcurrency, TimeSpan RealTime, string? Breach)
{
    /// <summary>The ledgers of all coordinators, added up.</summary>
    public Ledger Ledger => Ends.Aggregate(default(Ledger), static (sum, end) => new Ledger(
        sum.Submitted + end.Ledger.Submitted,
        sum.Succeeded + end.Ledger.Succeeded,
        sum.Failed + end.Ledger.Failed,
        sum.Cancelled + end.Ledger.Cancelled,
        sum.TimedOut + end.Ledger.TimedOut,
        sum.Unknown + end.Ledger.Unknown,
        sum.NotStarted + end.Ledger.NotStarted,
        sum.Running + end.Ledger.Running));

    /// <summary>From the first coordinator's start to the last one's end, in virtual time.</summary>
    public TimeSpan VirtualWall => Ends.Count == 0 ? TimeSpan.Zero : Ends.Max(static end => end.Started + end.Wall) - Ends.Min(static end => end.Started);

    /// <summary>The longest of the coordinators' ideals.</summary>
    public TimeSpan Ideal => Ends.Count == 0 ? TimeSpan.Zero : Ends.Max(static end => end.Ideal);

    /// <summary>Ideal over wall.</summary>
    public double Efficiency => VirtualWall > TimeSpan.Zero ? Ideal / VirtualWall : 1;

    /// <summary>Job completions per second of real time.</summary>
    public double CompletionsPerSecond => Ledger.Ended / Math.Max(RealTime.TotalSeconds, 1e-9);
}
