using System.Runtime.CompilerServices;
using AsyncTour.Grains.Jobs;

namespace AsyncTour.Grains.Runs;

/// <summary>A run, seen from outside: its outcomes as they come, its status, a way to stop it.</summary>
public sealed class RunHandle
{
    private readonly IRunGrain _run;
    private readonly Patience _patience;
    private readonly RunFeed? _feed;

    internal RunHandle(string id, IRunGrain run, Patience patience, Task feeding, RunFeed? feed = null) =>
        (Id, _run, _patience, Feeding, _feed) = (id, run, patience, feeding, feed);

    /// <summary>The run's id.</summary>
    public string Id { get; }

    /// <summary>
    /// Ends when the whole input has been handed over, or the run has ended without wanting the rest. Faults if the
    /// input could not be read or a job of it was refused; the run was then cancelled.
    /// </summary>
    public Task Feeding { get; }

    /// <summary>
    /// Every outcome once, in the order in which the jobs ended, to the end of the run (Python:
    /// <c>asyncio.as_completed</c>). <paramref name="cursor"/> takes up a reading that was broken off.
    /// </summary>
    public async IAsyncEnumerable<Outcome> ReadAsync(
        int cursor = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        OutcomePage page;
        do
        {
            page = await PageAsync(cursor, RunLimits.LongestWait, cancellationToken);
            foreach (var outcome in page.Outcomes)
            {
                yield return outcome;
            }

            cursor = page.Next;
        }
        while (!page.IsLast);

        // The run has ended; an input that has nothing to say just now need not be waited for.
        _feed?.Leave();
    }

    /// <summary>Every outcome there is so far, in the order in which the jobs ended; waits for none.</summary>
    public async IAsyncEnumerable<Outcome> ReadSoFarAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var cursor = 0;
        while (await PageAsync(cursor, TimeSpan.Zero, cancellationToken) is { Outcomes.IsEmpty: false } page)
        {
            foreach (var outcome in page.Outcomes)
            {
                yield return outcome;
            }

            cursor = page.Next;
        }
    }

    /// <summary>Where the run is; <c>null</c> if it never started.</summary>
    public Task<RunStatus?> StatusAsync() => _patience.AskAsync(_run.Status, CancellationToken.None);

    /// <summary>Stops the run: answers at once; the run has ended when every running job has stopped.</summary>
    public Task<RunStatus?> CancelAsync(string reason) => _patience.AskAsync(() => _run.Cancel(reason), CancellationToken.None);

    private Task<OutcomePage> PageAsync(int cursor, TimeSpan wait, CancellationToken cancellationToken) =>
        _patience.AskAsync(() => _run.Read(cursor, RunLimits.LargestBatch, wait), wait, cancellationToken);
}
