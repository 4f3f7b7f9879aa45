using System.Collections.Immutable;
using AsyncTour.Grains.Jobs;
using Orleans;

namespace AsyncTour.Grains.Runs;

/// <summary>Some of a run's outcomes, in the order in which the jobs ended.</summary>
/// <param name="Outcomes">The outcomes from the cursor on; empty when none came within the wait.</param>
/// <param name="Next">The cursor to read on from: nothing between is skipped, nothing before is repeated.</param>
/// <param name="IsLast">Whether there will never be more.</param>
[GenerateSerializer, Immutable, Alias("asynctour.OutcomePage")]
public sealed record OutcomePage(
    [property: Id(0)] ImmutableArray<Outcome> Outcomes,
    [property: Id(1)] int Next,
    [property: Id(2)] bool IsLast);
