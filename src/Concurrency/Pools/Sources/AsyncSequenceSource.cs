using System.Diagnostics.CodeAnalysis;

namespace AsyncTour.Concurrency.Pools;

/// <summary>
/// An asynchronous sequence seen through a one-item window: waiting fills the window, taking empties it. A wait that
/// is cancelled leaves its step under way, and the next wait joins it, so no item falls between two waits.
/// </summary>
internal sealed class AsyncSequenceSource<TJob>(IAsyncEnumerable<TJob> jobs) : IJobSource<TJob>
{
    private readonly CancellationTokenSource _closing = new();
    private IAsyncEnumerator<TJob>? _jobs;
    private Task<bool>? _step;
    private bool _full;
    private bool _exhausted;

    public bool TryTake([MaybeNullWhen(false)] out TJob job)
    {
        job = default;
        if (!_full && !TryStepNow())
            return false;

        job = _jobs!.Current;
        _full = false;
        return true;
    }

    public async ValueTask<bool> WaitToTakeAsync(CancellationToken cancellation)
    {
        if (_full)
            return true;
        if (_exhausted)
            return false;

        _step ??= OnThisScheduler(Step());
        bool more = await _step.WaitAsync(cancellation);
        _step = null;
        return Land(more);
    }

    public async ValueTask DisposeAsync()
    {
        _exhausted = true;
        if (_jobs is null)
            return;

        // A sequence may be disposed only between steps, so the step under way is asked to end and waited for.
        try
        {
            _closing.Cancel();
        }
        finally
        {
            if (_step is not null)
                await _step.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Current);
            await _jobs.DisposeAsync();
        }
    }

    /// <summary>A sequence whose next item is already there gives it without a wait and without an allocation.</summary>
    private bool TryStepNow()
    {
        if (_exhausted || _step is not null)
            return false;

        ValueTask<bool> step = Step();
        if (step.IsCompleted)
            return Land(step.GetAwaiter().GetResult());

        _step = OnThisScheduler(step);
        return false;
    }

    /// <summary>An await comes back to this scheduler; <c>AsTask</c> would complete wherever the sequence does.</summary>
    private static async Task<bool> OnThisScheduler(ValueTask<bool> step) => await step;

    private ValueTask<bool> Step()
    {
        _jobs ??= jobs.GetAsyncEnumerator(_closing.Token);
        return _jobs.MoveNextAsync();
    }

    private bool Land(bool more)
    {
        _full = more;
        _exhausted = !more;
        return more;
    }
}
