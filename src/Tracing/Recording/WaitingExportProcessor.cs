using System.Diagnostics;
using OpenTelemetry;

namespace AsyncTour.Tracing.Recording;

/// <summary>
/// Hands ended spans to an exporter of somebody else's on a thread of its own, and never drops one because it is slow: whoever ends a span
/// waits for room instead. OpenTelemetry's own batch processor drops what does not fit in 2,048 places, and a trace that
/// lacks spans would show a bound that was never held.
/// </summary>
/// <remarks>
/// It is not a guarantee against a broken disk: what the exporter refuses is counted in <see cref="Lost"/>.
/// </remarks>
internal sealed class WaitingExportProcessor : BaseExportProcessor<Activity>, ISpanRecording
{
    private const int BatchSize = 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly SpanQueue _queue;
    private readonly Thread _writer;
    private readonly Lock _flushGate = new();
    private readonly Activity[] _slice = new Activity[BatchSize];
    private Activity[] _basket;
    private long _accepted;
    private long _written;
    private long _lost;

    public WaitingExportProcessor(BaseExporter<Activity> exporter, int capacity)
        : base(exporter)
    {
        _queue = new SpanQueue(capacity);
        _basket = new Activity[capacity];
        _writer = new Thread(WriteUntilClosed) { IsBackground = true, Name = "trace writer" };
        _writer.Start();
    }

    public long Written => Interlocked.Read(ref _written);

    public long Lost => Interlocked.Read(ref _lost);

    public long Waits => _queue.Waits;

    public int Queued => _queue.Count;

    public Exception? Fault => null;

    protected override void OnExport(Activity data)
    {
        if (!data.Recorded)
            return;
        if (_queue.Add(data))
            Interlocked.Increment(ref _accepted);
        else
            Interlocked.Increment(ref _lost);
    }

    /// <summary>Returns when everything that had ended before the call is written.</summary>
    protected override bool OnForceFlush(int timeoutMilliseconds)
    {
        var goal = Interlocked.Read(ref _accepted);
        var deadline = timeoutMilliseconds < 0 ? long.MaxValue : Environment.TickCount64 + timeoutMilliseconds;
        lock (_flushGate)
        {
            while (Settled < goal)
            {
                _queue.Nudge();
                if (Environment.TickCount64 >= deadline)
                    return false;
                if (_writer.Join(TimeSpan.FromMilliseconds(1)))
                    break;
            }
        }

        return Settled >= goal;
    }

    protected override bool OnShutdown(int timeoutMilliseconds)
    {
        _queue.Close();
        var ended = _writer.Join(timeoutMilliseconds);
        return exporter.Shutdown(timeoutMilliseconds) && ended;
    }

    private long Settled => Interlocked.Read(ref _written) + Interlocked.Read(ref _lost);

    private void WriteUntilClosed()
    {
        // Spans that this thread's own exporter might make (an HTTP call, say) are not part of anybody's trace.
        using var quiet = SuppressInstrumentationScope.Begin();
        while (true)
        {
            var closing = _queue.IsClosed;
            var taken = _queue.Take(ref _basket, Patience);
            if (taken == 0 && closing)
                return;

            for (var from = 0; from < taken; from += BatchSize)
                Export(from, Math.Min(BatchSize, taken - from));
            Array.Clear(_basket, 0, taken);
        }
    }

    private void Export(int from, int count)
    {
        Array.Copy(_basket, from, _slice, 0, count);
        var result = ExportResult.Failure;
        try
        {
            using var batch = new Batch<Activity>(_slice, count);
            result = exporter.Export(batch);
        }
        finally
        {
            Interlocked.Add(ref result == ExportResult.Success ? ref _written : ref _lost, count);
        }
    }
}
