using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;

namespace AsyncTour.Orleans.Bench.Cluster;

/// <summary>A run in whose middle something was taken away, as it ended.</summary>
/// <param name="Submitted">How many jobs the run had.</param>
/// <param name="Outcomes">What the reader was given, in that order.</param>
/// <param name="Status">Where the run ended.</param>
internal abstract record DisturbedRun(int Submitted, IReadOnlyList<Outcome> Outcomes, RunStatus Status)
{
    /// <summary>Jobs without an outcome.</summary>
    public int Lost => Submitted - Outcomes.DistinctBy(static outcome => outcome.Index).Count();

    /// <summary>Outcomes beyond the first of their job.</summary>
    public int Doubled => Outcomes.Count - Outcomes.DistinctBy(static outcome => outcome.Index).Count();

    /// <summary>Jobs that ran again.</summary>
    public int Again => Outcomes.Count(static outcome => outcome.Attempt > 1);

    /// <summary>Whether every job has one outcome, success, and the ledger says the same.</summary>
    public bool IsWhole =>
        Lost == 0 && Doubled == 0
        && Outcomes.All(static outcome => outcome.Status == JobStatus.Succeeded)
        && Status is { State: RunState.Ended, Ledger: { Balances: true, AllSucceeded: true } }
        && Status.Ledger.Submitted == Submitted;
}
