using AsyncTour.Grains.Jobs;

namespace AsyncTour.Grains.Runs;

/// <summary>A run's outcomes in the order in which the jobs ended. A cursor is a place in it, so none is skipped or repeated.</summary>
internal sealed class OutcomeLog
{
    private readonly List<Outcome> _outcomes = [];
    private readonly Pulse _added = new();
    private bool _isComplete;

    public int Count => _outcomes.Count;

    public void Add(Outcome outcome)
    {
        if (_isComplete)
        {
            throw new InvalidOperationException($"Job {outcome.Index} ended after its run had, which is a bug in the coordinator.");
        }

        _outcomes.Add(outcome);
        _added.Beat();
    }

    /// <summary>Says that there will be no more.</summary>
    public void Complete()
    {
        _isComplete = true;
        _added.Beat();
    }

    public async Task<OutcomePage> Read(int cursor, int max, TimeSpan wait, TimeProvider time)
    {
        if (cursor < 0 || cursor > Count)
        {
            throw new RefusedException($"the cursor {cursor} is outside the run's outcomes; it starts at 0 and is now at most {Count}");
        }

        if (cursor == Count && !_isComplete)
        {
            await _added.NextWithin(wait, time);
        }

        var length = Math.Min(max, Count - cursor);
        return new OutcomePage(
            [.. System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_outcomes).Slice(cursor, length)],
            cursor + length,
            _isComplete && cursor + length == Count);
    }
}
