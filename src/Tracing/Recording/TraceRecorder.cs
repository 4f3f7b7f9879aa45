using System.Diagnostics;
using AsyncTour.Tracing.Conventions;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace AsyncTour.Tracing.Recording;

/// <summary>
/// Records the spans and metrics of this process from <see cref="Start"/> until it is disposed. One per process; disposing
/// writes what is still queued.
/// </summary>
public sealed class TraceRecorder : IDisposable, IAsyncDisposable
{
    private static readonly TimeSpan FlushPatience = TimeSpan.FromSeconds(10);

    private readonly TracerProvider? _spans;
    private readonly MeterProvider? _metrics;
    private readonly ISpanRecording? _recording;
    private readonly ILineSink? _sink;

    private TraceRecorder(TraceRecorderOptions options)
    {
        Options = options;
        if (options is { Exporter: TraceExporter.None, Watcher: null })
            return;

        var identity = ProcessIdentity.Of(options);
        var builder = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(identity.Resource)
            .SetSampler(new AlwaysOnSampler())
            .AddSource([.. SourceNames.Recorded]);
        if (options.Watcher is { } watcher)
            builder.AddProcessor(watcher);
        if (options.Exporter == TraceExporter.None)
        {
            // Nothing is kept, and the watcher sees it all the same.
            _spans = builder.Build();
            return;
        }

        if (options.Configure is { } configure)
        {
            configure(builder);
        }
        else
        {
            _sink = identity.OpenSink(options, ProcessIdentity.TracesExtension);
            BaseProcessor<Activity> processor = _sink is null
                ? new WaitingExportProcessor(new OtlpTraceExporter(new OtlpExporterOptions()), options.QueueCapacity)
                : new SpanLineProcessor(_sink, options.QueueCapacity);
            _recording = (ISpanRecording)processor;
            builder.AddProcessor(processor);
        }

        _spans = builder.Build();
        if (options.Metrics && (options.Configure is null || options.ConfigureMetrics is not null))
            _metrics = MetricRecording.Start(options, identity);
    }

    public TraceRecorderOptions Options { get; }

    /// <summary>Why spans were lost, when any were: the disk's own words. Null while all is well.</summary>
    public Exception? Fault => _recording?.Fault;

    public TraceRecorderStatistics Statistics => _recording is null
        ? default
        : new TraceRecorderStatistics(_recording.Written, _recording.Lost, _recording.Queued, _recording.Waits, _sink?.Bytes ?? 0);

    /// <summary>Begins to record.</summary>
    public static TraceRecorder Start(TraceRecorderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new TraceRecorder(options);
    }

    /// <summary>Returns when every span that has ended is written: from then on a reader finds it.</summary>
    /// <param name="timeout">How long to wait at most. Default: 10 s.</param>
    /// <returns>False when the time was up first.</returns>
    public bool ForceFlush(TimeSpan? timeout = null)
    {
        var milliseconds = (int)(timeout ?? FlushPatience).TotalMilliseconds;
        var spans = _spans?.ForceFlush(milliseconds) ?? true;
        return (_metrics?.ForceFlush(milliseconds) ?? true) && spans;
    }

    public void Dispose()
    {
        _spans?.Dispose();
        _metrics?.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
