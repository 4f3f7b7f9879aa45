using System.Diagnostics;
using OpenTelemetry;

namespace AsyncTour.Tracing.Recording;

/// <summary>
/// Writes ended spans as lines. Each span becomes JSON on the thread that ends it, in a chunk that few other threads use; full
/// chunks go to one writer thread, which also sweeps up the others ten times a second. When the spans come faster than the
/// writer is let run, whoever fills a chunk writes it: nothing is lost, nobody sleeps, and the spans come slower by
/// themselves.
/// </summary>
/// <remarks>What the disk refuses is counted in <see cref="Lost"/>, and <see cref="Fault"/> keeps its words.</remarks>
internal sealed class SpanLineProcessor : BaseProcessor<Activity>, ISpanRecording
{
    private const int MostSpansOfAChunk = 512;

    // By thread, not by processor: a thread that loses its processor while it holds a stripe must not hold up the next one.
    private const int Stripes = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly ILineSink _sink;
    private readonly Stripe[] _stripes;
    private readonly ChunkQueue _queue;
    private readonly int _chunkSize;
    private readonly Thread _writer;
    private readonly Lock _sinkGate = new();
    private readonly Utf8Buffer _line = new(1 << 19);
    private byte[]? _head;
    private bool _closing;
    private long _written;
    private long _lost;
    private long _waits;

    /// <param name="capacity">About how many ended spans may wait to be written.</param>
    public SpanLineProcessor(ILineSink sink, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _sink = sink;
        _chunkSize = Math.Clamp(capacity / 8, 1, MostSpansOfAChunk);
        _queue = new ChunkQueue(Math.Max(1, capacity / _chunkSize));
        _stripes = [.. Enumerable.Range(0, Stripes).Select(_ => new Stripe(_queue.Rent()))];
        _writer = new Thread(WriteUntilClosed) { IsBackground = true, Name = "trace writer" };
        _writer.Start();
    }

    public long Written => Interlocked.Read(ref _written);

    public long Lost => Interlocked.Read(ref _lost);

    public long Waits => Interlocked.Read(ref _waits);

    public int Queued => _queue.Spans + _stripes.Sum(static s => s.Chunk.Count);

    public Exception? Fault { get; private set; }

    public override void OnEnd(Activity data)
    {
        if (!data.Recorded)
            return;
        var stripe = _stripes[Environment.CurrentManagedThreadId % Stripes];
        SpanChunk? full = null;
        lock (stripe.Gate)
        {
            stripe.Chunk.Add(data, stripe.Fragments);
            if (stripe.Chunk.Count >= _chunkSize)
            {
                (full, stripe.Chunk) = (stripe.Chunk, _queue.Rent());
                stripe.HandingOver++;
            }
        }

        if (full is not null)
        {
            if (!_queue.TryAdd(full))
            {
                Interlocked.Increment(ref _waits);
                Write(full);
            }

            lock (stripe.Gate)
                stripe.HandingOver--;
        }
    }

    /// <summary>Returns when everything that had ended before the call is written.</summary>
    protected override bool OnForceFlush(int timeoutMilliseconds) => _queue.Flush(TimeSpan.FromMilliseconds(timeoutMilliseconds));

    protected override bool OnShutdown(int timeoutMilliseconds)
    {
        var flushed = OnForceFlush(timeoutMilliseconds);
        Volatile.Write(ref _closing, value: true);
        var ended = _writer.Join(timeoutMilliseconds);
        _sink.Dispose();
        return flushed && ended;
    }

    private void WriteUntilClosed()
    {
        while (true)
        {
            // Read before the sweep: who asks later may have ended a span that this sweep does not see.
            var closing = Volatile.Read(ref _closing);
            var asked = _queue.FlushesAsked;
            if (_queue.Take(Patience) is { } chunk)
            {
                Write(chunk);
                continue;
            }

            if (!Sweep())
                continue;
            for (var left = _queue.Count; left > 0 && _queue.Take(TimeSpan.Zero) is { } late; left--)
                Write(late);
            _queue.FlushesDone(asked);
            if (closing)
                return;
        }
    }

    /// <summary>
    /// Writes what lies in chunks that are not full yet. False while a full chunk is between its stripe and the queue: until
    /// it has arrived, nobody can say that all is written.
    /// </summary>
    private bool Sweep()
    {
        var settled = true;
        foreach (var stripe in _stripes)
        {
            SpanChunk begun;
            lock (stripe.Gate)
            {
                settled &= stripe.HandingOver == 0;
                if (stripe.Chunk.Count == 0)
                    continue;
                (begun, stripe.Chunk) = (stripe.Chunk, _queue.Rent());
            }

            Write(begun);
        }

        return settled;
    }

    private void Write(SpanChunk chunk)
    {
        var spans = chunk.Count;
        lock (_sinkGate)
        {
            chunk.Compose(_line, _head ??= ComposeHead());
            try
            {
                _sink.Write(_line.Written);
                Interlocked.Add(ref _written, spans);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                Fault = fault;
                Interlocked.Add(ref _lost, spans);
            }
        }

        _queue.Return(chunk);
    }

    /// <summary>The resource is the same on every line of a process, so it is encoded once.</summary>
    private byte[] ComposeHead()
    {
        var head = new Utf8Buffer(512);
        head.Raw("{\"resourceSpans\":[{\"resource\":{"u8);
        OtlpJson.Attributes(head, ParentProvider.GetResource().Attributes);
        head.Raw("},\"scopeSpans\":["u8);
        return head.Written.ToArray();
    }

    private sealed class Stripe(SpanChunk chunk)
    {
        public Lock Gate { get; } = new();

        public SpanChunk Chunk { get; set; } = chunk;

        public Fragments Fragments { get; } = new();

        /// <summary>Full chunks that have left here and not reached the queue yet.</summary>
        public int HandingOver { get; set; }
    }
}
