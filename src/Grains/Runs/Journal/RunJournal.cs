using System.Collections.Immutable;
using System.Globalization;
using AsyncTour.Grains.Jobs;
using Orleans;

namespace AsyncTour.Grains.Runs.Journal;

/// <summary>
/// A run's jobs and outcomes, written as they come in segments that are never changed. Outcomes that end while a segment
/// is being written share the next one, so a fast run writes few segments and a slow one writes promptly. While the store
/// is away they wait here.
/// </summary>
internal sealed class RunJournal(IGrainFactory grains, string runId, TimeProvider time)
{
    private readonly Queue<Outcome> _ended = new();
    private int _jobSegments;
    private int _outcomeSegments;
    private Task _writing = Task.CompletedTask;

    /// <summary>Why nothing can be written any more; <c>null</c> while all is well.</summary>
    public Exception? Fault => _writing.Exception?.InnerException;

    /// <summary>Writes jobs that the run takes in; they are safe when this ends.</summary>
    public async Task WriteAsync(ImmutableArray<Job> jobs)
    {
        if (!jobs.IsEmpty)
        {
            var segment = new RunSegment { Jobs = jobs };
            await KeepAsync(Segment("jobs", _jobSegments), segment);
            _jobSegments++;
        }
    }

    /// <summary>
    /// Writes an outcome, together with others that ended meanwhile, and then calls <paramref name="written"/> with
    /// each: what is not written is shown to nobody.
    /// </summary>
    public void Write(Outcome outcome, Action<Outcome> written)
    {
        _ended.Enqueue(outcome);
        if (_writing.IsCompletedSuccessfully)
        {
            _writing = WriteEndedAsync(written);
        }
    }

    /// <summary>Ends when every outcome is written; fails as the writing failed.</summary>
    public Task FlushAsync() => _writing;

    /// <summary>Reads what an earlier coordinator of this run wrote.</summary>
    public async Task<(List<Job> Jobs, List<Outcome> Outcomes)> ReadAsync()
    {
        var jobs = new List<Job>();
        while (await Segment("jobs", _jobSegments).Read() is { } segment)
        {
            _jobSegments++;
            jobs.AddRange(segment.Jobs);
        }

        var outcomes = new List<Outcome>();
        while (await Segment("outcomes", _outcomeSegments).Read() is { } segment)
        {
            _outcomeSegments++;
            outcomes.AddRange(segment.Outcomes);
        }

        return (jobs, outcomes);
    }

    private async Task WriteEndedAsync(Action<Outcome> written)
    {
        // Lets the other jobs that end in this turn join.
        await Task.Yield();
        while (_ended.Count > 0)
        {
            var batch = ImmutableArray.CreateBuilder<Outcome>(Math.Min(_ended.Count, RunLimits.LargestBatch));
            while (batch.Count < batch.Capacity)
            {
                batch.Add(_ended.Dequeue());
            }

            var outcomes = batch.MoveToImmutable();
            var segment = new RunSegment { Outcomes = outcomes };
            await KeepAsync(Segment("outcomes", _outcomeSegments), segment);
            _outcomeSegments++;
            foreach (var outcome in outcomes)
            {
                written(outcome);
            }
        }
    }

    private Task KeepAsync(IRunSegmentGrain place, RunSegment segment) =>
        StoragePatience.UntilKeptByAsync(() => place.Write(segment), time);

    private IRunSegmentGrain Segment(string what, int number) =>
        grains.GetGrain<IRunSegmentGrain>(string.Create(CultureInfo.InvariantCulture, $"{runId}/{what}/{number}"));
}
