using System.Collections.Immutable;
using System.Runtime.InteropServices;
using AsyncTour.Grains.Jobs;

namespace AsyncTour.Grains.Runs.Log;

/// <summary>A run's outcomes in the order in which the jobs ended. A cursor is a place in it, so none is skipped or repeated.</summary>
/// <remarks>The latest are kept as objects, for those who read along; older ones are packed, block by block.</remarks>
internal sealed class OutcomeLog
{
    /// <summary>How many outcomes are packed at a time. As many at least stay unpacked.</summary>
    public const int BlockSize = 4096;

    private readonly List<OutcomeBlock> _packed = [];
    private readonly List<Outcome> _latest = [];
    private readonly Pulse _added = new();
    private readonly Dictionary<int, TaskCompletionSource> _awaited = [];
    private (int Block, ImmutableArray<Outcome> Outcomes) _unpacked = (-1, []);
    private bool _isComplete;

    public int Count => FirstOfLatest + _latest.Count;

    private int FirstOfLatest => _packed.Count * BlockSize;

    public void Add(Outcome outcome)
    {
        if (_isComplete)
        {
            throw new InvalidOperationException($"Job {outcome.Index} ended after its run had, which is a bug in the coordinator.");
        }

        _latest.Add(outcome);
        if (_latest.Count == 2 * BlockSize)
        {
            _packed.Add(new OutcomeBlock(CollectionsMarshal.AsSpan(_latest)[..BlockSize]));
            _latest.RemoveRange(0, BlockSize);
        }

        _added.Beat();
        if (_awaited.Remove(outcome.Index, out var ended))
        {
            ended.SetResult();
        }
    }

    /// <summary>The outcome of one job; <c>null</c> while it has none.</summary>
    public Outcome? Find(int index)
    {
        if (_latest.Find(outcome => outcome.Index == index) is { } latest)
        {
            return latest;
        }

        for (var block = _packed.Count - 1; block >= 0; block--)
        {
            if (_packed[block].MayHold(index) && Unpacked(block).FirstOrDefault(outcome => outcome.Index == index) is { } found)
            {
                return found;
            }
        }

        return null;
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

        var outcomes = From(cursor, max);
        var next = cursor + outcomes.Length;
        return new OutcomePage(outcomes, next, _isComplete && next == Count);
    }

    // A page ends with its block: the rest is the next page.
    private ImmutableArray<Outcome> From(int cursor, int max)
    {
        if (cursor >= FirstOfLatest)
        {
            var latest = CollectionsMarshal.AsSpan(_latest)[(cursor - FirstOfLatest)..];
            return [.. latest[..Math.Min(max, latest.Length)]];
        }

        var block = Unpacked(cursor / BlockSize);
        var first = cursor % BlockSize;
        return block.Slice(first, Math.Min(max, BlockSize - first));
    }

    // A reader takes a block in several pages: the one unpacked last is kept.
    private ImmutableArray<Outcome> Unpacked(int block)
    {
        if (_unpacked.Block != block)
        {
            _unpacked = (block, _packed[block].Unpack());
        }

        return _unpacked.Outcomes;
    }
}
