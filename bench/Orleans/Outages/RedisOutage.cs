using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;

namespace AsyncTour.Orleans.Bench.Outages;

/// <summary>Redis away during a run, as it was seen.</summary>
/// <param name="Kind">How it went away.</param>
/// <param name="Length">For how long.</param>
/// <param name="Unready">From its going to the moment when every silo said that it is not ready; <c>null</c>: they never did.</param>
/// <param name="Ready">From its return to the moment when every silo said that it is ready again.</param>
/// <param name="Commands">What the console said meanwhile.</param>
/// <param name="Promise">What a promise became that was set meanwhile.</param>
/// <param name="Submitted">How many jobs the run had.</param>
/// <param name="Outcomes">What its reader was given.</param>
/// <param name="Status">Where the run ended.</param>
internal sealed record RedisOutage(
    OutageKind Kind, TimeSpan Length, TimeSpan? Unready, TimeSpan? Ready, IReadOnlyList<ConsoleAnswer> Commands, string Promise,
    int Submitted, IReadOnlyList<Outcome> Outcomes, RunStatus Status)
{
    public int Lost => Submitted - Outcomes.DistinctBy(static outcome => outcome.Index).Count();

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
