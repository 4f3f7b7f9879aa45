using System.Collections.Immutable;
using AsyncTour.Grains.Jobs;

namespace AsyncTour.Grains.Runs;

/// <summary>
/// Pulls jobs from an input in batches: as many as are there at once, never waiting to fill a batch, so that a job
/// typed at a terminal starts when it is typed.
/// </summary>
internal sealed class RunFeed(IAsyncEnumerator<Job> jobs) : IAsyncDisposable
{
    private ValueTask<bool>? _pulling;

    /// <summary>Whether the input is known to have ended.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>The next jobs; empty only at the end of the input.</summary>
    public async Task<ImmutableArray<Job>> NextBatchAsync()
    {
        var batch = ImmutableArray.CreateBuilder<Job>();
        while (!IsAtEnd && batch.Count < RunLimits.LargestBatch)
        {
            var pulling = _pulling ?? jobs.MoveNextAsync();
            if (!pulling.IsCompleted && batch.Count > 0)
            {
                _pulling = pulling;
                break;
            }

            _pulling = null;
            if (await pulling)
            {
                batch.Add(jobs.Current);
            }
            else
            {
                IsAtEnd = true;
            }
        }

        return batch.DrainToImmutable();
    }

    /// <summary>Hands the rest of the input to a run that has the first batch. An input that cannot be read cancels the run, and the reason is thrown.</summary>
    public async Task PumpAsync(IRunGrain run, CancellationToken cancellationToken)
    {
        await using var _ = this;
        if (IsAtEnd)
        {
            return;
        }

        try
        {
            while (await NextBatchAsync() is { IsEmpty: false } batch)
            {
                if (!await AppendAllAsync(run, batch, cancellationToken))
                {
                    return;
                }
            }

            await LostCalls.AgainAsync(run.Seal);
        }
        catch (Exception e)
        {
            await run.Cancel($"the input broke off: {e.Message}");
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_pulling is null)
        {
            await jobs.DisposeAsync();
        }
    }

    // False when the run has ended without wanting more.
    private static async Task<bool> AppendAllAsync(IRunGrain run, ImmutableArray<Job> batch, CancellationToken cancellationToken)
    {
        while (!batch.IsEmpty)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var offered = batch;
            var taken = await LostCalls.AgainAsync(() => run.Append(offered, RunLimits.LongestWait));
            if (taken == IRunGrain.WantsNoMore)
            {
                return false;
            }

            batch = batch.RemoveRange(0, Math.Max(0, taken - batch[0].Index));
        }

        return true;
    }
}
