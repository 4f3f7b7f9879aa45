using System.Collections.Immutable;
using Orleans;

namespace AsyncTour.Grains.Runs.Directory;

/// <summary>Which runs there are. One grain for all, asked at a run's beginning and end and never in between.</summary>
[Alias("asynctour.IRunDirectoryGrain")]
public interface IRunDirectoryGrain : IGrainWithStringKey
{
    /// <summary>The key of the one directory.</summary>
    public const string Key = "runs";

    /// <summary>Notes that a run has begun.</summary>
    [Alias("Began")]
    Task Began(RunEntry run);

    /// <summary>Notes that a run has ended.</summary>
    [Alias("Ended")]
    Task Ended(RunEntry run);

    /// <summary>Runs, newest first: all that go on, and the last of those that have ended.</summary>
    [Alias("List")]
    Task<ImmutableArray<RunEntry>> List();
}

/// <summary>A run as the directory knows it.</summary>
/// <param name="RunId">The run's id.</param>
/// <param name="Strategy">Its strategy.</param>
/// <param name="Started">When its clock started.</param>
/// <param name="Ledger">Where its jobs were when it ended; <c>null</c> while it goes on, when its own status tells.</param>
[GenerateSerializer, Immutable, Alias("asynctour.RunEntry")]
public sealed record RunEntry(
    [property: Id(0)] string RunId,
    [property: Id(1)] string Strategy,
    [property: Id(2)] DateTimeOffset Started,
    [property: Id(3)] Ledger? Ledger);
