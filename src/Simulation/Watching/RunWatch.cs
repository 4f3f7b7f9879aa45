using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;
using AsyncTour.Simulation.Plans;

namespace AsyncTour.Simulation.Watching;

/// <summary>
/// The coordinator's word, looked at after each of its turns and held against what really ran. The coordinator is asked directly:
/// between turns nothing moves, so its answers are those that a caller would get at this instant.
/// </summary>
internal sealed class RunWatch(PlannedJobs planned, JobWatch jobs)
{
    private readonly List<Outcome> _history = [];
    private readonly JobSet _ended = new(planned.Count);
    private IRunGrain? _coordinator;
    private int _checked;

    public string RunId => planned.RunId;

    /// <exception cref="BreachException">Something that must always hold does not.</exception>
    public void Look(IRunGrain coordinator)
    {
        if (coordinator != _coordinator)
        {
            // Another activation after a crash: what was shown before must be there again, in the same order.
            _coordinator = coordinator;
            _checked = 0;
        }

        if (coordinator.Status() is not { IsCompletedSuccessfully: true, Result: { } status })
            return;
        CheckLedger(status);
        while (status.Ledger.Ended + (status.State == RunState.Ended ? status.Ledger.NotStarted : 0) > _checked && ReadPage(coordinator))
        {
        }
    }

    private void CheckLedger(RunStatus status)
    {
        var ledger = status.Ledger;
        if (!ledger.Balances)
            throw Breach($"the ledger does not balance: {ledger}");
        if (ledger.Submitted > planned.Count)
            throw Breach($"{ledger.Submitted} jobs are submitted, and there are {planned.Count}");
        if (ledger.Running > planned.Bound)
            throw Breach($"{ledger.Running} jobs count as running, and the bound is {planned.Bound}");
        if (status.State == RunState.Ended && ledger.Running > 0)
            throw Breach($"it has ended, and {ledger.Running} jobs count as running");
    }

    private bool ReadPage(IRunGrain coordinator)
    {
        if (coordinator.Read(_checked, RunLimits.LargestBatch, TimeSpan.Zero) is not { IsCompletedSuccessfully: true, Result: { Outcomes.Length: > 0 } page })
            return false;
        foreach (var outcome in page.Outcomes)
            Check(outcome, _checked++);
        return true;
    }

    private void Check(Outcome outcome, int place)
    {
        if (place < _history.Count)
        {
            if (outcome != _history[place])
                throw Breach($"outcome {place} was job {_history[place].Index}, {_history[place].Status.ToText()}, and is now job {outcome.Index}, {outcome.Status.ToText()}");
            return;
        }

        _history.Add(outcome);
        if (!_ended.Add(outcome.Index))
            throw Breach($"job {outcome.Index} has two outcomes");
        if (outcome.Status == JobStatus.Succeeded && !jobs.EverBegan(outcome.Index))
            throw Breach($"job {outcome.Index} succeeded and never ran");
        if (outcome.Attempt > 0 && outcome.Status != JobStatus.Unknown && jobs.RunningOn(outcome.Worker) == outcome.Index)
            throw Breach($"job {outcome.Index} counts as {outcome.Status.ToText()} and still runs on worker {outcome.Worker}: its slot was free too early");
    }

    private BreachException Breach(string what) => new($"run {RunId}: {what}");
}
