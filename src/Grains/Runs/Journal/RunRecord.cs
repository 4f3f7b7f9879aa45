using AsyncTour.Grains.Jobs;
using Orleans;

namespace AsyncTour.Grains.Runs.Journal;

/// <summary>What is kept of a run besides its jobs and outcomes: enough to go on after the coordinator's silo died.</summary>
[GenerateSerializer, Alias("asynctour.RunRecord")]
public sealed record RunRecord
{
    /// <summary>How the run treats its jobs; <c>null</c> in a record that was never written.</summary>
    [Id(0)]
    public RunSpec? Spec { get; init; }

    /// <summary>When the run's clock started.</summary>
    [Id(1)]
    public DateTimeOffset Started { get; init; }

    /// <summary>How long the warm-up took.</summary>
    [Id(2)]
    public TimeSpan WarmUp { get; init; }

    /// <summary>Whether the input is complete.</summary>
    [Id(3)]
    public bool IsSealed { get; init; }

    /// <summary>Why the run was told to stop; <c>null</c> if it was not.</summary>
    [Id(4)]
    public string? StopReason { get; init; }

    /// <summary>How the jobs count that the stop order stops.</summary>
    [Id(5)]
    public JobStatus StoppedAs { get; init; }

    /// <summary>The status the run ended with; <c>null</c> while it has not.</summary>
    [Id(6)]
    public RunStatus? End { get; init; }
}
