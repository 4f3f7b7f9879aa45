using System.Globalization;
using AsyncTour.Grains.Runs;
using AsyncTour.Grains.Runs.Directory;
using Orleans;

namespace AsyncTour.Silo;

/// <summary>What a silo that was told to stop says of the runs that have not ended: how far they are, and what becomes of them.</summary>
internal static class Farewell
{
    private const int MostLines = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static async Task SayAsync(SiloSettings settings, IGrainFactory grains)
    {
        try
        {
            var open = await UnfinishedAsync(grains).WaitAsync(Patience);
            foreach (var run in open.Take(MostLines))
            {
                Console.WriteLine(Sentence(settings, run));
            }

            if (open.Count > MostLines)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"… and {open.Count - MostLines} more runs"));
            }
        }
        catch (Exception e)
        {
            // A silo must be able to stop whatever its grains are up to.
            await Console.Error.WriteLineAsync($"silo: what was still running could not be told: {e.Message}");
        }
    }

    private static async Task<IReadOnlyList<RunStatus>> UnfinishedAsync(IGrainFactory grains)
    {
        var entries = await grains.GetGrain<IRunDirectoryGrain>(IRunDirectoryGrain.Key).List();
        var asked = entries.Where(static e => e.Ledger is null).Select(e => grains.GetGrain<IRunGrain>(e.RunId).Status());
        return [.. (await Task.WhenAll(asked)).OfType<RunStatus>().Where(static s => s.State != RunState.Ended)];
    }

    private static string Sentence(SiloSettings settings, RunStatus run)
    {
        var future = settings switch
        {
            { StorageFolder: { } folder } => $"it goes on when a silo is started with --storage {folder}",
            { Cluster: ClusterKind.Redis } => "the cluster's other silos take it over, or the next one that joins",
            _ => "it was kept in memory alone and ends here",
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"run {run.RunId} had not ended: {run.Ledger.Ended} of {run.Ledger.Submitted} jobs done, {run.Ledger.Running} running; {future}");
    }
}
