using Orleans.Runtime;

namespace AsyncTour.Grains.Runs.Journal;

/// <summary>
/// Writes a run's record as it changes: one write at a time, again while the store is away. A write that waits takes the
/// record as it is when its turn comes.
/// </summary>
internal sealed class RecordKeeper(IPersistentState<RunRecord> kept, TimeProvider time)
{
    private Task _saving = Task.CompletedTask;
    private bool _isInDoubt;

    /// <summary>Ends when the record as it is now is written.</summary>
    /// <exception cref="Orleans.Storage.InconsistentStateException">Another coordinator of the same run has written it.</exception>
    public Task SaveAsync(Func<RunRecord> record)
    {
        return _saving = Save(_saving);

        async Task Save(Task before)
        {
            await before.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Current);
            await StoragePatience.UntilKeptAsync(() => WriteAsync(record), time);
        }
    }

    private async Task WriteAsync(Func<RunRecord> record)
    {
        try
        {
            if (_isInDoubt)
            {
                // It may have been written after all, and then it has another etag.
                await kept.ReadStateAsync();
                _isInDoubt = false;
            }

            kept.State = record();
            await kept.WriteStateAsync();
        }
        catch (StorageAwayException)
        {
            _isInDoubt = true;
            throw;
        }
    }
}
