using System.Collections.Immutable;
using AsyncTour.Grains.Jobs;
using Orleans;
using Orleans.Placement;
using Orleans.Runtime;

namespace AsyncTour.Grains.Runs.Journal;

/// <summary>A piece of a run's journal: some jobs as they were taken in, or some outcomes in the order in which they came.</summary>
[GenerateSerializer, Immutable, Alias("asynctour.RunSegment")]
public sealed record RunSegment
{
    [Id(0)]
    public ImmutableArray<Job> Jobs { get; init; } = [];

    [Id(1)]
    public ImmutableArray<Outcome> Outcomes { get; init; } = [];

    /// <summary>Whether both say the same.</summary>
    public bool Matches(RunSegment other) => Jobs.SequenceEqual(other.Jobs) && Outcomes.SequenceEqual(other.Outcomes);
}

/// <summary>
/// Keeps one segment, keyed <c>{run}/jobs/{number}</c> or <c>{run}/outcomes/{number}</c>. A segment is written once and
/// never changed, so what was acknowledged cannot be lost by a later write.
/// </summary>
[Alias("asynctour.IRunSegmentGrain")]
public interface IRunSegmentGrain : IGrainWithStringKey
{
    /// <summary>Writes the segment. Written again with the same content, because the first answer was lost, it stays as it is.</summary>
    /// <exception cref="InvalidOperationException">It has been written with other content: another coordinator of the same run is at work.</exception>
    [Alias("Write")]
    Task Write(RunSegment segment);

    /// <summary>Reads the segment; <c>null</c> if it was never written.</summary>
    [Alias("Read")]
    Task<RunSegment?> Read();
}

// On the coordinator's own silo: then the death of another silo is no reason why it could not be written.
[PreferLocalPlacement]
internal sealed class RunSegmentGrain(
    [PersistentState("segment", RunStorage.Name)] IPersistentState<RunSegment> state) : Grain, IRunSegmentGrain
{
    public async Task Write(RunSegment segment)
    {
        if (state.RecordExists)
        {
            if (state.State.Matches(segment))
            {
                return;
            }

            throw new InvalidOperationException($"Segment {this.GetPrimaryKeyString()} is written already, with other content; another coordinator of the same run is at work.");
        }

        // Read again only after a crash, so it need not stay in memory; and if the write fails, nobody here knows whether
        // it was made: the next activation reads what there is.
        DeactivateOnIdle();
        state.State = segment;
        await state.WriteStateAsync();
    }

    public Task<RunSegment?> Read()
    {
        DeactivateOnIdle();
        return Task.FromResult(state.RecordExists ? state.State : null);
    }
}
