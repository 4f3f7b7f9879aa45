using System.Collections.Immutable;
using AsyncTour.Grains.Jobs;
using Orleans;
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
}

/// <summary>
/// Keeps one segment, keyed <c>{run}/jobs/{number}</c> or <c>{run}/outcomes/{number}</c>. A segment is written once and
/// never changed, so what was acknowledged cannot be lost by a later write.
/// </summary>
[Alias("asynctour.IRunSegmentGrain")]
public interface IRunSegmentGrain : IGrainWithStringKey
{
    /// <summary>Writes the segment.</summary>
    /// <exception cref="InvalidOperationException">It has been written already: another coordinator of the same run is at work.</exception>
    [Alias("Write")]
    Task Write(RunSegment segment);

    /// <summary>Reads the segment; <c>null</c> if it was never written.</summary>
    [Alias("Read")]
    Task<RunSegment?> Read();
}

internal sealed class RunSegmentGrain(
    [PersistentState("segment", RunStorage.Name)] IPersistentState<RunSegment> state) : Grain, IRunSegmentGrain
{
    public async Task Write(RunSegment segment)
    {
        if (state.RecordExists)
        {
            throw new InvalidOperationException($"Segment {this.GetPrimaryKeyString()} is written already; another coordinator of the same run is at work.");
        }

        state.State = segment;
        await state.WriteStateAsync();

        // Read again only after a crash: it need not stay in memory.
        DeactivateOnIdle();
    }

    public Task<RunSegment?> Read()
    {
        DeactivateOnIdle();
        return Task.FromResult(state.RecordExists ? state.State : null);
    }
}
