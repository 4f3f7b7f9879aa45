using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace AsyncTour.Concurrency.Pools;

/// <summary>The jobs given to a pool one by one, in the order they were given.</summary>
internal sealed class Submissions : Feed
{
    private readonly ConcurrentQueue<Work> _queue = new();
    private readonly Lock _gate = new();
    private volatile bool _closed;
    private volatile int _queued;

    public int Waiting => _queue.Count(work => !work.IsOver);

    public override bool WantsTurn => _queued > 0;

    public override bool IsEnded => _closed && _queue.IsEmpty;

    /// <summary>False when the pool is closed.</summary>
    public bool TryAdd(Work work)
    {
        lock (_gate)
        {
            if (_closed)
                return false;

            _queue.Enqueue(work);
            Interlocked.Increment(ref _queued);
            return true;
        }
    }

    public override bool TryTake([NotNullWhen(true)] out Work? work)
    {
        while (_queue.TryDequeue(out work))
        {
            Interlocked.Decrement(ref _queued);
            if (!work.IsOver)
                return true;
        }

        return false;
    }

    /// <summary>What was submitted is still run: leaving a pool drains it.</summary>
    public override void Close()
    {
        lock (_gate)
            _closed = true;
    }
}
