using System.Collections.Immutable;
using AsyncTour.Grains.Runs.Journal;
using Orleans;
using Orleans.Runtime;

namespace AsyncTour.Grains.Runs.Directory;

/// <summary>The directory's state: its runs in the order in which they began.</summary>
[GenerateSerializer, Alias("asynctour.RunEntries")]
public sealed record RunEntries
{
    /// <summary>The runs, oldest first.</summary>
    [Id(0)]
    public ImmutableArray<RunEntry> Runs { get; init; } = [];
}

internal sealed class RunDirectoryGrain(
    [PersistentState("directory", RunStorage.Name)] IPersistentState<RunEntries> entries) : Grain, IRunDirectoryGrain
{
    // A run that goes on is never forgotten; of the others the oldest make room.
    private const int MostEnded = 500;

    public Task Began(RunEntry run) => Write(Without(run.RunId).Add(run));

    public Task Ended(RunEntry run)
    {
        var runs = Without(run.RunId).Add(run);
        return Write(runs.Count(r => r.Ledger is not null) > MostEnded
            ? runs.Remove(runs.First(r => r.Ledger is not null))
            : runs);
    }

    public Task<ImmutableArray<RunEntry>> List() =>
        Task.FromResult(entries.State.Runs.OrderByDescending(run => run.Started).ToImmutableArray());

    private ImmutableArray<RunEntry> Without(string runId) => entries.State.Runs.RemoveAll(run => run.RunId == runId);

    private async Task Write(ImmutableArray<RunEntry> runs)
    {
        entries.State = new RunEntries { Runs = runs };
        try
        {
            await entries.WriteStateAsync();
        }
        catch
        {
            // Whether it was written nobody here knows: the next activation reads what there is.
            DeactivateOnIdle();
            throw;
        }
    }
}
