using AsyncTour.Grains.Runs.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace AsyncTour.Grains.Runs.Directory;

/// <summary>
/// Wakes runs whose silo died: asking an unfinished run for its status activates its coordinator, which takes the run up
/// from its journal. Runs on every silo, at its start and every few seconds, and does nothing where runs are not kept.
/// </summary>
public sealed class RunKeeper(IGrainFactory grains, RunStorage storage, TimeProvider time, ILogger<RunKeeper> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!storage.IsDurable)
        {
            return;
        }

        using var timer = new PeriodicTimer(Every, time);
        do
        {
            await WakeAsync();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task WakeAsync()
    {
        try
        {
            foreach (var entry in await grains.GetGrain<IRunDirectoryGrain>(IRunDirectoryGrain.Key).List())
            {
                if (entry.Ledger is null)
                {
                    await grains.GetGrain<IRunGrain>(entry.RunId).Status();
                }
            }
        }
        catch (Exception e)
        {
            log.LogWarning(e, "Unfinished runs could not be looked after; this is tried again in {Every}.", Every);
        }
    }
}
