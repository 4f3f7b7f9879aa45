using System.Collections.Immutable;
using System.Globalization;
using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;
using AsyncTour.Grains.Runs.Directory;

namespace AsyncTour.Silo.Tests.Support;

/// <summary>Runs of many short sleeps, and how to look at them.</summary>
internal static class Jobs
{
    public static readonly RunSpec Pool = new() { Strategy = "pool", MaxWorkers = 8 };

    public static async IAsyncEnumerable<Job> Sleeps(int count, string duration)
    {
        for (var index = 0; index < count; index++)
            yield return new Job(index, "sleep", duration, index.ToString(CultureInfo.InvariantCulture));
        await ValueTask.CompletedTask;
    }

    /// <summary>Reads so many outcomes and no more.</summary>
    public static async Task<List<Outcome>> FirstAsync(this RunHandle run, int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var outcomes = new List<Outcome>();
        await foreach (var outcome in run.ReadAsync(cancellationToken: patience.Token))
        {
            outcomes.Add(outcome);
            if (outcomes.Count == count)
                break;
        }

        return outcomes;
    }

    /// <summary>Reads every outcome to the end of the run.</summary>
    public static Task<List<Outcome>> AllAsync(this RunHandle run) => run.FirstAsync(int.MaxValue);

    /// <summary>Ends when the directory says that the run has ended. The run itself is asked nothing: that would wake it.</summary>
    public static async Task<RunEntry> EndedByItselfAsync(this SiloClient client, string runId)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var directory = client.Grains.GetGrain<IRunDirectoryGrain>(IRunDirectoryGrain.Key);
        while (true)
        {
            patience.Token.ThrowIfCancellationRequested();
            ImmutableArray<RunEntry> entries = await directory.List();
            if (entries.Single(e => e.RunId == runId) is { Ledger: not null } entry)
                return entry;
        }
    }
}
