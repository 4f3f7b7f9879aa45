using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;

namespace AsyncTour.Client.Runs;

/// <summary>A run that has ended, or is looked at as it is, the way its report needs it.</summary>
/// <param name="Status">Where the run ended; its ledger balances.</param>
/// <param name="Outcomes">Outcomes in input order: all of them, or none when there were too many to keep.</param>
/// <param name="Failures">The first jobs that started and did not succeed, in the order in which they ended.</param>
/// <param name="InputError">Why the input broke off; <c>null</c> if it did not.</param>
/// <param name="WasInterrupted">Whether Ctrl-C or SIGTERM ended it.</param>
internal sealed record FinishedRun(
    RunStatus Status, IReadOnlyList<Outcome> Outcomes, IReadOnlyList<Outcome> Failures, string? InputError, bool WasInterrupted)
{
    /// <summary>What the process answers after this run.</summary>
    public int ExitCode => WasInterrupted ? Client.ExitCode.Interrupted
        : (IsComplete || Status.IsGoalMet) && InputError is null ? Client.ExitCode.Success
        : Client.ExitCode.SomeJobDidNot;

    // Of an input that was lost nobody knows how many jobs are missing.
    private bool IsComplete => Status.Ledger.AllSucceeded && Status.InputLoss is null;
}
