namespace AsyncTour.Grains.Runs.Journal;

/// <summary>Where runs are kept.</summary>
public sealed class RunStorage
{
    /// <summary>The name of the grain storage provider that a silo must have for runs.</summary>
    public const string Name = "runs";

    /// <summary>
    /// Whether that storage outlives a silo. Runs are then journaled and go on after a crash; otherwise journaling
    /// would cost much and save nothing. Default: <c>false</c>.
    /// </summary>
    public bool IsDurable { get; init; }
}
