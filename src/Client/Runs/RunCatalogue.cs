using AsyncTour.Client.Commands.Parsing;
using AsyncTour.Client.Connections;
using AsyncTour.Grains;
using AsyncTour.Grains.Runs;
using AsyncTour.Grains.Runs.Directory;

namespace AsyncTour.Client.Runs;

/// <summary>One line of <c>runs list</c>.</summary>
internal sealed record CataloguedRun(string RunId, string Strategy, RunState State, DateTimeOffset Started, Ledger Ledger)
{
    /// <summary>The state in a word.</summary>
    public string StateText => State switch
    {
        RunState.Running => "running",
        RunState.Stopping => "stopping",
        _ => "ended",
    };
}

/// <summary>The runs a silo knows.</summary>
internal sealed class RunCatalogue(Connection connection)
{
    /// <summary>All of them, newest first.</summary>
    public async Task<IReadOnlyList<CataloguedRun>> ListAsync() => await Task.WhenAll((await EntriesAsync()).Select(AsItIsAsync));

    /// <summary>A run by its id, by the beginning of its id, or the newest.</summary>
    /// <exception cref="RefusedException">None fits, or more than one does.</exception>
    public async Task<RunHandle> FindAsync(string which)
    {
        var entries = await EntriesAsync();
        if (entries.Count == 0)
        {
            throw new RefusedException("no run has been started on this silo yet");
        }

        var fitting = which == "last" ? [entries[0].RunId] : Fitting(entries, which);
        return fitting switch
        {
            [var id] => connection.Runs.Find(id),
            [] => throw new RefusedException($"there is no run '{which}'{Nearest.Hint(which, entries.Select(static entry => entry.RunId))}: 'asynctour runs list' shows them"),
            _ => throw new RefusedException($"{fitting.Count} runs begin with '{which}': {string.Join(", ", fitting.Take(5))}; give more of the id"),
        };
    }

    /// <summary>A run as it is now, without waiting for more.</summary>
    public async Task<FinishedRun> SnapshotAsync(string which, bool keepsAll)
    {
        var run = await FindAsync(which);
        var shelf = new OutcomeShelf(keepsAll);
        await foreach (var outcome in run.ReadSoFarAsync())
        {
            shelf.Add(outcome);
        }

        var status = await run.StatusAsync() ?? throw new InvalidOperationException($"The run '{run.Id}' was found and then was not.");
        return new FinishedRun(status, shelf.InInputOrder, shelf.Failures, null, WasInterrupted: false);
    }

    private static List<string> Fitting(IReadOnlyList<RunEntry> entries, string which)
    {
        var ids = entries.Select(static entry => entry.RunId).ToList();
        return ids.Contains(which, StringComparer.Ordinal) ? [which] : ids.FindAll(id => id.StartsWith(which, StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<RunEntry>> EntriesAsync() => await connection.Runs.ListAsync();

    private async Task<CataloguedRun> AsItIsAsync(RunEntry entry)
    {
        var status = entry.Ledger is null ? await connection.Runs.Find(entry.RunId).StatusAsync() : null;

        // Between its entry and its first status a run has begun and has not ended.
        var state = status?.State ?? (entry.Ledger is null ? RunState.Running : RunState.Ended);
        return new CataloguedRun(entry.RunId, entry.Strategy, state, entry.Started, status?.Ledger ?? entry.Ledger ?? default);
    }
}
