using System.Collections.Immutable;
using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs.Directory;
using Orleans;

namespace AsyncTour.Grains.Runs;

/// <summary>Starts runs and finds them again, from any process that has a grain factory.</summary>
/// <param name="grains">Finds grains: a silo's or a client's.</param>
/// <param name="options">Its clock and its patience; <c>null</c> for the defaults.</param>
public sealed class RunClient(IGrainFactory grains, RunClientOptions? options = null)
{
    private readonly TimeProvider _time = options?.Time ?? TimeProvider.System;
    private readonly Patience _patience = PatienceOf(options ?? new RunClientOptions());

    /// <summary>
    /// Starts a run and feeds it from <paramref name="jobs"/>, which is pulled no faster than the run takes it and
    /// which must count its indices from 0 without a gap. Returns when the run has started; the feeding goes on behind
    /// the handle. An input may be quiet for as long as it likes: the run hears that it is still there
    /// (<see cref="RunSpec.InputLease"/>).
    /// </summary>
    /// <exception cref="RefusedException">The specification or one of the first jobs cannot be run; nothing was started.</exception>
    public async Task<RunHandle> StartAsync(
        string runId, RunSpec spec, IAsyncEnumerable<Job> jobs, CancellationToken cancellationToken = default)
    {
        var run = grains.GetGrain<IRunGrain>(runId);
        var feed = new RunFeed(jobs.GetAsyncEnumerator(cancellationToken), spec.InputLease, _time, _patience);
        try
        {
            var first = await feed.NextBatchAsync();
            if (first.IsEmpty)
            {
                throw new RefusedException("there are no jobs to run; give at least one");
            }

            await _patience.AskAsync(() => run.Start(spec, first, feed.IsAtEnd), RunLimits.LongestWait, cancellationToken);
        }
        catch
        {
            await feed.DisposeAsync();
            throw;
        }

        return new RunHandle(runId, run, _patience, feed.PumpAsync(run, cancellationToken), feed);
    }

    /// <summary>A run by its id, whoever started it. Whether there is such a run, its status tells.</summary>
    public RunHandle Find(string runId) => new(runId, grains.GetGrain<IRunGrain>(runId), _patience, Task.CompletedTask);

    /// <summary>The runs there are, newest first: all that go on, and the last of those that have ended.</summary>
    public Task<ImmutableArray<RunEntry>> ListAsync() =>
        _patience.AskAsync(() => grains.GetGrain<IRunDirectoryGrain>(IRunDirectoryGrain.Key).List(), CancellationToken.None);

    private static Patience PatienceOf(RunClientOptions options) =>
        new(options.Time, options.Random, options.Patience, static e => e is not OperationCanceledException && LostCalls.IsLost(e), options.Unanswered);
}
