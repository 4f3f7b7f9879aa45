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
            var directory = grains.GetGrain<IRunDirectoryGrain>(IRunDirectoryGrain.Key);
            foreach (var entry in (await directory.List()).Where(static entry => entry.Ledger is null))
            {
                // One that has ended died, or lost its store, before it could say so.
                if (await grains.GetGrain<IRunGrain>(entry.RunId).Status() is { State: RunState.Ended } end)
                {
                    await directory.Ended(entry with { Ledger = end.Ledger });
                }
            }
        }
        catch (Exception e)
        {
            log.LogWarning(e, "Unfinished runs could not be looked after; this is tried again in {Every}.", Every);
        }
    }
}
