using AsyncTour.Grains.Jobs;
using Orleans;

namespace AsyncTour.Grains.Runs;

/// <summary>One job of a run at one moment.</summary>
/// <param name="Outcome">What is known of it: while it is not final, whether it is not started or running.</param>
/// <param name="IsFinal">Whether this will not change any more.</param>
/// <param name="RunStarted">When the run's clock started.</param>
[GenerateSerializer, Immutable, Alias("asynctour.JobLook")]
public sealed record JobLook(
    [property: Id(0)] Outcome Outcome,
    [property: Id(1)] bool IsFinal,
    [property: Id(2)] DateTimeOffset RunStarted);
