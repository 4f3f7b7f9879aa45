using System.Collections.Immutable;
using AsyncTour.Grains.Jobs;

namespace AsyncTour.Grains.Runs;

/// <summary>
/// Pulls jobs from an input in batches: as many as are there at once, never waiting to fill a batch, so that a job
/// typed at a terminal starts when it is typed. While the input has nothing to give, the run is told now and then that
/// somebody is there.
/// </summary>
/// <param name="lease">How long the run waits for a sign of life; <c>null</c>: for ever.</param>
internal sealed class RunFeed(IAsyncEnumerator<Job> jobs, TimeSpan? lease, TimeProvider time, Patience patience) : IAsyncDisposable
{
    // A sign of life may be lost, and the next one, and there is still time for another.
    private const int SignsPerLease = 4;

    private readonly TimeSpan _betweenSigns = lease / SignsPerLease ?? Timeout.InfiniteTimeSpan;
    private readonly TaskCompletionSource _left = new();
    private Task<bool>? _pulling;
    private long _signed;

    /// <summary>Whether the input is known to have ended.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Stops waiting for the input: the run has ended.</summary>
    public void Leave() => _left.TrySetResult();

    /// <summary>The next jobs; empty only at the end of the input, or when the run does not want the rest.</summary>
    /// <param name="run">Who waits for them; <c>null</c> before it has started.</param>
    public async Task<ImmutableArray<Job>> NextBatchAsync(IRunGrain? run = null)
    {
        var batch = ImmutableArray.CreateBuilder<Job>();
        while (!IsAtEnd && batch.Count < RunLimits.LargestBatch)
        {
            _pulling ??= PullAsync();
            if (!_pulling.IsCompleted && (batch.Count > 0 || (run is not null && !await IsWantedAsync(_pulling, run))))
            {
                break;
            }

            var pulling = _pulling;
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
            while (await NextBatchAsync(run) is { IsEmpty: false } batch)
            {
                if (!await AppendAllAsync(run, batch, cancellationToken))
                {
                    return;
                }
            }

            if (IsAtEnd)
            {
                await patience.AskAsync(run.Seal, RunLimits.LongestWait, CancellationToken.None);
            }
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

    // As a task: the input and the pause are waited for at once. A pull that is answered at once costs no memory.
    private async Task<bool> PullAsync() => await jobs.MoveNextAsync();

    // Waits until the input goes on; false when the run has meanwhile lost interest.
    private async Task<bool> IsWantedAsync(Task quiet, IRunGrain run)
    {
        for (var pause = _betweenSigns; ; pause = Max(TimeSpan.Zero, _betweenSigns - time.GetElapsedTime(_signed)))
        {
            using var over = new CancellationTokenSource();
            var first = await Task.WhenAny(quiet, _left.Task, Task.Delay(pause, time, over.Token));
            over.Cancel();
            if (first == quiet)
            {
                return true;
            }

            if (first == _left.Task || !await IsStillWantedAsync(run))
            {
                return false;
            }
        }
    }

    // A sign that is lost must not hold up the next, and its answer may take longer to be given up than the lease lasts.
    private async Task<bool> IsStillWantedAsync(IRunGrain run)
    {
        _signed = time.GetTimestamp();
        try
        {
            return await run.Append([], TimeSpan.Zero).WaitAsync(_betweenSigns, time) != IRunGrain.WantsNoMore;
        }
        catch (Exception e) when (LostCalls.IsLost(e))
        {
            // One sign of several; whoever reads the run's outcomes meets the same loss and tells it.
            return true;
        }
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    // False when the run has ended without wanting more.
    private async Task<bool> AppendAllAsync(IRunGrain run, ImmutableArray<Job> batch, CancellationToken cancellationToken)
    {
        while (!batch.IsEmpty)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var offered = batch;
            var taken = await patience.AskAsync(() => run.Append(offered, RunLimits.LongestWait), RunLimits.LongestWait, cancellationToken);
            if (taken == IRunGrain.WantsNoMore)
            {
                return false;
            }

            batch = batch.RemoveRange(0, Math.Max(0, taken - batch[0].Index));
        }

        return true;
    }
}
