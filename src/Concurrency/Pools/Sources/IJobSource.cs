using System.Diagnostics.CodeAnalysis;

namespace AsyncTour.Concurrency.Pools;

/// <summary>
/// Where a pool's jobs come from, one at a time and in order: the input is pulled only when a worker is free to
/// run what is pulled.
/// </summary>
/// <remarks>
/// One lane at a time stands at the source, so <see cref="TryTake"/> and <see cref="WaitToTakeAsync"/> never overlap
/// with themselves or with each other, and a source needs no lock of its own for them. Only <see cref="Finished"/>
/// may arrive, from any lane, while a wait is under way.
/// </remarks>
/// <typeparam name="TJob">What one job is described by.</typeparam>
public interface IJobSource<TJob> : IAsyncDisposable
{
    /// <summary>Takes the next job if one is ready now. Never waits.</summary>
    /// <param name="job">The job, when the answer is true.</param>
    /// <returns>False when no job is ready now; <see cref="WaitToTakeAsync"/> says whether one may come.</returns>
    /// <remarks>
    /// An exception from any member is the input's own failure and ends the run, with that exception, once the running
    /// jobs have ended; a map asks them to stop.
    /// </remarks>
    bool TryTake([MaybeNullWhen(false)] out TJob job);

    /// <summary>Waits until <see cref="TryTake"/> is worth another try.</summary>
    /// <param name="cancellation">Ends the wait with <see cref="OperationCanceledException"/>; no job is lost by it.</param>
    /// <returns>True when a job may be ready; false when there will never be another.</returns>
    ValueTask<bool> WaitToTakeAsync(CancellationToken cancellation);

    /// <summary>
    /// The limit that held back the job taken last, in words (<c>rate 50/s</c>); null when nothing did. Read it right
    /// after <see cref="TryTake"/>.
    /// </summary>
    string? HeldBy => null;

    /// <summary>
    /// Hears that a job taken from here has ended, well or badly, so that whatever was held for it can be given back
    /// (a key's token, for instance). A source that holds nothing ignores it.
    /// </summary>
    void Finished(TJob job)
    {
    }

    /// <summary>Lets go of the input. Jobs not yet taken are not run.</summary>
    ValueTask IAsyncDisposable.DisposeAsync() => ValueTask.CompletedTask;
}
