using AsyncTour.Grains.Jobs;

namespace AsyncTour.Grains.Runs;

/// <summary>A run's outcomes in the order in which the jobs ended. A cursor is a place in it, so none is skipped or repeated.</summary>
internal sealed class OutcomeLog
{
    private readonly List<Outcome> _outcomes = [];
    private readonly Pulse _added = new();
    private readonly Dictionary<int, TaskCompletionSource> _awaited = [];
    private Dictionary<int, Outcome>? _byIndex;
    private bool _isComplete;

    public int Count => _outcomes.Count;

    public void Add(Outcome outcome)
    {
        if (_isComplete)
        {
            throw new InvalidOperationException($"Job {outcome.Index} ended after its run had, which is a bug in the coordinator.");
        }

        _outcomes.Add(outcome);
        _byIndex?.Add(outcome.Index, outcome);
        _added.Beat();
        if (_awaited.Remove(outcome.Index, out var ended))
        {
            ended.SetResult();
        }
    }

    /// <summary>The outcome of one job; <c>null</c> while it has none.</summary>
    public Outcome? Find(int index)
    {
        // Most runs are never asked for a single job and do without this index.
        _byIndex ??= _outcomes.ToDictionary(static outcome => outcome.Index);
        return _byIndex.GetValueOrDefault(index);
    }

    /// <summary>The outcome of one job, waiting at most so long; <c>null</c> if it has none then.</summary>
    public async Task<Outcome?> FindAsync(int index, TimeSpan wait, TimeProvider time)
    {
        if (Find(index) is { } outcome)
        {
            return outcome;
        }

        if (!_awaited.TryGetValue(index, out var ended))
        {
            _awaited.Add(index, ended = new TaskCompletionSource());
        }

        try
        {
            // As in Pulse: so that the waiter comes back to the grain, on a turn of its own.
            await ended.Task.WaitAsync(wait, time);
            await Task.Yield();
        }
        catch (TimeoutException)
        {
            // It goes on: the caller asks again.
        }

        return Find(index);
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
