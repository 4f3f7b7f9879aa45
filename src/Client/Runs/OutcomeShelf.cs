using AsyncTour.Grains.Jobs;

namespace AsyncTour.Client.Runs;

/// <summary>
/// Keeps the outcomes that a report will show. A report for people shows a few, so past a thousand only the first
/// failures are kept and the memory of a long run stays flat; the JSON report needs all.
/// </summary>
internal sealed class OutcomeShelf(bool keepsAll)
{
    private const int MostForPeople = 1_000;
    private const int MostFailures = 20;

    private readonly List<Outcome> _outcomes = [];
    private readonly List<Outcome> _failures = [];
    private bool _isOverflown;

    /// <summary>Outcomes in input order; none once there were too many.</summary>
    public IReadOnlyList<Outcome> InInputOrder => [.. _outcomes.OrderBy(static outcome => outcome.Index)];

    /// <summary>The first that started and did not succeed.</summary>
    public IReadOnlyList<Outcome> Failures => _failures;

    /// <summary>Takes one in.</summary>
    public void Add(Outcome outcome)
    {
        if (outcome.Status is not (JobStatus.Succeeded or JobStatus.NotStarted) && _failures.Count < MostFailures)
        {
            _failures.Add(outcome);
        }

        if (keepsAll || (!_isOverflown && _outcomes.Count < MostForPeople))
        {
            _outcomes.Add(outcome);
            return;
        }

        _isOverflown = true;
        _outcomes.Clear();
        _outcomes.TrimExcess();
    }
}
