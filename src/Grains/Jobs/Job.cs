using Orleans;

namespace AsyncTour.Grains.Jobs;

/// <summary>One slow call, described and not yet begun: building a job runs nothing.</summary>
/// <param name="Index">Place in the run's input, from 0.</param>
/// <param name="Kind">Which handler runs it: <c>sleep</c>, <c>block</c>, <c>spin</c>, <c>http</c>, <c>fail</c>, or one of yours.</param>
/// <param name="Argument">What the handler needs to know, in the handler's own syntax (a duration, a URL, …).</param>
/// <param name="Key">The caller's name for the job; jobs may share one. Its index when the caller has none.</param>
[GenerateSerializer, Immutable, Alias("asynctour.Job")]
public sealed record Job(
    [property: Id(0)] int Index,
    [property: Id(1)] string Kind,
    [property: Id(2)] string Argument,
    [property: Id(3)] string Key);
