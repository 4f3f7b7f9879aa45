namespace AsyncTour.Grains.Runs;

/// <summary>What may be said of one user of runs.</summary>
public sealed record RunClientOptions
{
    /// <summary>The clock. Default: the machine's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
