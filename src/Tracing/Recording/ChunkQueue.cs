namespace AsyncTour.Tracing.Recording;

/// <summary>
/// Full chunks on their way to the writer, and empty ones on their way back. It is bounded: whoever brings a chunk while it
/// is full keeps it, and has to see to it.
/// </summary>
internal sealed class ChunkQueue(int capacity)
{
    // A monitor rather than a Lock: the writer waits on it for chunks, and whoever flushes for the writer.
    private readonly object _gate = new();
    private readonly Queue<SpanChunk> _full = new();
    private readonly Stack<SpanChunk> _empty = new();
    private long _flushesAsked;
    private long _flushesDone;

    public int Spans
    {
        get
        {
            lock (_gate)
                return _full.Sum(static c => c.Count);
        }
    }

    public int Count
    {
        get
        {
            lock (_gate)
                return _full.Count;
        }
    }

    /// <summary>An empty chunk.</summary>
    public SpanChunk Rent()
    {
        lock (_gate)
            return _empty.TryPop(out var chunk) ? chunk : new SpanChunk();
    }

    public void Return(SpanChunk chunk)
    {
        chunk.Clear();
        lock (_gate)
        {
            if (_empty.Count < capacity)
                _empty.Push(chunk);
        }
    }

    /// <summary>Hands a chunk to the writer; false when there is no room.</summary>
    public bool TryAdd(SpanChunk chunk)
    {
        lock (_gate)
        {
            if (_full.Count >= capacity)
                return false;
            _full.Enqueue(chunk);
            if (_full.Count == 1)
                Monitor.PulseAll(_gate);
            return true;
        }
    }

    /// <summary>The next chunk; null when none came in time, or somebody wants what there is so far.</summary>
    public SpanChunk? Take(TimeSpan patience)
    {
        lock (_gate)
        {
            if (_full.Count == 0 && _flushesAsked == _flushesDone && patience > TimeSpan.Zero)
                Monitor.Wait(_gate, patience);
            return _full.TryDequeue(out var chunk) ? chunk : null;
        }
    }

    /// <summary>Asks the writer to write everything there is and waits until it has; false when the time was up first.</summary>
    public bool Flush(TimeSpan timeout)
    {
        var deadline = timeout < TimeSpan.Zero ? long.MaxValue : Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        lock (_gate)
        {
            var mine = ++_flushesAsked;
            Monitor.PulseAll(_gate);
            while (_flushesDone < mine)
            {
                var left = deadline - Environment.TickCount64;
                if (left <= 0)
                    return false;
                Monitor.Wait(_gate, TimeSpan.FromMilliseconds(Math.Min(left, 1000)));
            }

            return true;
        }
    }

    /// <summary>How many flushes have been asked for; what ended before is written once all up to this are done.</summary>
    public long FlushesAsked => Interlocked.Read(ref _flushesAsked);

    public void FlushesDone(long upTo)
    {
        lock (_gate)
        {
            _flushesDone = Math.Max(_flushesDone, upTo);
            Monitor.PulseAll(_gate);
        }
    }
}
