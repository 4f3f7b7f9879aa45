using System.Diagnostics.CodeAnalysis;

namespace AsyncTour.Concurrency.Pools;

/// <summary>A sequence always knows at once whether it has another item, so waiting on it never waits.</summary>
internal sealed class SequenceSource<TJob>(IEnumerable<TJob> jobs) : IJobSource<TJob>
{
    private IEnumerator<TJob>? _jobs;
    private bool _exhausted;

    public bool TryTake([MaybeNullWhen(false)] out TJob job)
    {
        job = default;
        if (_exhausted)
            return false;

        _jobs ??= jobs.GetEnumerator();
        if (_jobs.MoveNext())
        {
            job = _jobs.Current;
            return true;
        }

        Close();
        return false;
    }

    public ValueTask<bool> WaitToTakeAsync(CancellationToken cancellation) => ValueTask.FromResult(!_exhausted);

    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    private void Close()
    {
        _exhausted = true;
        IEnumerator<TJob>? open = _jobs;
        _jobs = null;
        open?.Dispose();
    }
}
