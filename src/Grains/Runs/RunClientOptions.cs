namespace AsyncTour.Grains.Runs;

/// <summary>What may be said of one user of runs.</summary>
public sealed record RunClientOptions
{
    /// <summary>The clock. Default: the machine's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What makes the pauses between tries differ.</summary>
    public Random Random { get; init; } = new();

    /// <summary>
    /// How long to try again while no silo answers: one that restarts is missed for some seconds, and one that died is
    /// replaced by others. Every call to a run may be repeated without harm. Default: one minute.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Told when a call has gone unanswered and is made again. Several calls may be under way at once, and each tells.
    /// </summary>
    public Action? Unanswered { get; init; }
}
