using System.Diagnostics;

namespace AsyncTour.Tracing.Recording;

/// <summary>
/// Ended spans on their way to the writer: a bounded basket with one lock. Producers drop a span in; the writer takes the
/// whole basket and leaves an empty one. A producer that finds the basket full waits, because a lost span would make a
/// trace lie. The writer is woken when the basket is worth emptying, not for every span: a wake-up costs more than a span.
/// </summary>
internal sealed class SpanQueue
{
    /// <summary>So many spans are worth waking the writer for.</summary>
    private const int WakeAt = 1024;

    // A monitor rather than a Lock: producers and the writer wait on it for each other.
    private readonly object _gate = new();
    private Activity[] _basket;
    private int _count;
    private long _waits;
    private bool _closed;
    private bool _nudged;

    public SpanQueue(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _basket = new Activity[capacity];
    }

    public int Count => Volatile.Read(ref _count);

    public long Waits => Interlocked.Read(ref _waits);

    public bool IsClosed => Volatile.Read(ref _closed);

    /// <summary>Puts a span in, waiting for room where there is none. False once the queue is closed.</summary>
    public bool Add(Activity span)
    {
        lock (_gate)
        {
            while (_count == _basket.Length && !_closed)
            {
                // The writer was woken on the way to a full basket; waking it again would only wake the others who wait here.
                _waits++;
                Monitor.Wait(_gate);
            }

            if (_closed)
                return false;
            _basket[_count++] = span;
            if (_count == Math.Min(WakeAt, _basket.Length))
                Monitor.PulseAll(_gate);
            return true;
        }
    }

    /// <summary>
    /// Swaps the basket for an empty one of the same size and answers how many spans are in it, after waiting until it is
    /// worth it or <paramref name="patience"/> has passed.
    /// </summary>
    public int Take(ref Activity[] basket, TimeSpan patience)
    {
        lock (_gate)
        {
            if (_count < Math.Min(WakeAt, _basket.Length) && !_closed && !_nudged)
                Monitor.Wait(_gate, patience);
            (basket, _basket) = (_basket, basket);
            var taken = _count;
            _count = 0;
            _nudged = false;
            Monitor.PulseAll(_gate);
            return taken;
        }
    }

    /// <summary>Wakes the writer now: somebody flushes.</summary>
    public void Nudge()
    {
        lock (_gate)
        {
            _nudged = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>From here on nothing is accepted; whoever waits for room is let go.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }
}
