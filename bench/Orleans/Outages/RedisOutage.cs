using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;
using AsyncTour.Orleans.Bench.Cluster;

namespace AsyncTour.Orleans.Bench.Outages;

/// <summary>Redis away during a run, as it was seen.</summary>
/// <param name="Kind">How it went away.</param>
/// <param name="Length">For how long.</param>
/// <param name="Unready">From its going to the moment when every silo said that it is not ready; <c>null</c>: they never did.</param>
/// <param name="Ready">From its return to the moment when every silo said that it is ready again.</param>
/// <param name="Commands">What the console said meanwhile.</param>
/// <param name="Promise">What a promise became that was set meanwhile.</param>
/// <inheritdoc cref="DisturbedRun"/>
internal sealed record RedisOutage(
    OutageKind Kind, TimeSpan Length, TimeSpan? Unready, TimeSpan? Ready, IReadOnlyList<ConsoleAnswer> Commands, string Promise,
    int Submitted, IReadOnlyList<Outcome> Outcomes, RunStatus Status)
    : DisturbedRun(Submitted, Outcomes, Status);
