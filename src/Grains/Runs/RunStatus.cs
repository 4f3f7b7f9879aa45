using Orleans;

namespace AsyncTour.Grains.Runs;

/// <summary>Where a run is.</summary>
[GenerateSerializer, Alias("asynctour.RunState")]
public enum RunState
{
    /// <summary>Jobs are being taken or run.</summary>
    Running,

    /// <summary>The run was told to end; it waits for its running jobs to stop.</summary>
    Stopping,

    /// <summary>Every job has its outcome, and nothing of the run is running.</summary>
    Ended,
}

/// <summary>A run at one moment.</summary>
[GenerateSerializer, Immutable, Alias("asynctour.RunStatus")]
public sealed record RunStatus
{
    /// <summary>The run's id, which is the key of its coordinator grain.</summary>
    [Id(0)]
    public required string RunId { get; init; }

    /// <summary>Where the run is.</summary>
    [Id(1)]
    public required RunState State { get; init; }

    /// <summary>Why it stopped before all jobs had run, as one sentence; <c>null</c> if it did not.</summary>
    [Id(2)]
    public string? StopReason { get; init; }

    /// <summary>The strategy's name.</summary>
    [Id(3)]
    public required string Strategy { get; init; }

    /// <summary>Most jobs at once; for <c>wait-all</c> the jobs submitted so far.</summary>
    [Id(4)]
    public required int MaxWorkers { get; init; }

    /// <summary>Where the jobs are.</summary>
    [Id(5)]
    public required Ledger Ledger { get; init; }

    /// <summary>When the run's clock started, after the warm-up.</summary>
    [Id(6)]
    public required DateTimeOffset Started { get; init; }

    /// <summary>From the start to the last job's end, or to now.</summary>
    [Id(7)]
    public required TimeSpan Wall { get; init; }

    /// <summary>Wall time of the same durations, in the same start order, on as many workers, with no overhead.</summary>
    [Id(8)]
    public required TimeSpan Ideal { get; init; }

    /// <summary>The most jobs that were on workers at once, as far as the coordinator knew: with partitions it may have been more, and the trace tells.</summary>
    [Id(9)]
    public required int PeakConcurrency { get; init; }

    /// <summary>How long the warm-up took, which <see cref="Wall"/> does not count; zero for a cold run.</summary>
    [Id(10)]
    public required TimeSpan WarmUp { get; init; }

    /// <summary>The trace the run is recorded in, as 32 hexadecimal digits; <c>null</c> when nobody records.</summary>
    [Id(11)]
    public string? TraceId { get; init; }

    /// <summary>Whether the run stopped early because the goal of <see cref="RunSpec.Until"/> was met.</summary>
    [Id(12)]
    public bool IsGoalMet { get; init; }

    /// <summary>Why the input ended although nobody said so, as a sentence; <c>null</c> when it did not.</summary>
    [Id(13)]
    public string? InputLoss { get; init; }

    /// <summary>Over how many partition coordinators the workers are divided.</summary>
    [Id(14)]
    public int Partitions { get; init; } = 1;

    /// <summary>Ideal over wall: 1 is perfect. 1 for a run without any work.</summary>
    public double Efficiency => Wall > TimeSpan.Zero ? Ideal / Wall : 1;
}
