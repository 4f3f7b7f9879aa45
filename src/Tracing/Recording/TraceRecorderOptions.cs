using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace AsyncTour.Tracing.Recording;

/// <summary>Where recorded spans go.</summary>
public enum TraceExporter
{
    /// <summary>OTLP-JSON lines in a file of this process in the traces folder.</summary>
    File,

    /// <summary>The same lines on standard output.</summary>
    Console,

    /// <summary>An OpenTelemetry collector; the standard <c>OTEL_*</c> environment variables say where.</summary>
    Otlp,

    /// <summary>Nowhere: nothing is recorded.</summary>
    None,
}

/// <summary>How one process records its spans.</summary>
public sealed record TraceRecorderOptions
{
    /// <summary>The folder used when none is named.</summary>
    public const string DefaultFolder = ".asynctour/traces";

    /// <summary>Where spans go. Default: <see cref="TraceExporter.File"/>.</summary>
    public TraceExporter Exporter { get; init; } = TraceExporter.File;

    /// <summary>The folder of the trace files, made when missing. Default: <see cref="DefaultFolder"/>.</summary>
    public string Folder { get; init; } = DefaultFolder;

    /// <summary>OpenTelemetry's <c>service.name</c>, and the first part of the file's name. Default: <c>asynctour</c>.</summary>
    public string ServiceName { get; init; } = "asynctour";

    /// <summary>About how many ended spans may wait to be written before whoever ends the next one has to wait, or to write, itself. Default: 8,192.</summary>
    public int QueueCapacity { get; init; } = 8_192;

    /// <summary>A file that has reached this size is closed and the next one begun. Default: 256 MiB.</summary>
    public long MaxFileBytes { get; init; } = 256L << 20;

    /// <summary>
    /// The whole folder's bound: when a file is begun, the oldest files of earlier recordings go until the rest fits.
    /// Default: 2 GiB. Files of this recording are never removed.
    /// </summary>
    public long MaxFolderBytes { get; init; } = 2L << 30;

    /// <summary>Whether metrics are recorded beside the spans, by the same exporter. Default: true.</summary>
    public bool Metrics { get; init; } = true;

    /// <summary>How often metrics are written; they are written at every flush and at the end too. Default: 1 min.</summary>
    public TimeSpan MetricsInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Stamps the file's name. Default: the system's clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where <see cref="TraceExporter.Console"/> writes. Default: standard output.</summary>
    public Func<Stream> OpenConsole { get; init; } = Console.OpenStandardOutput;

    /// <summary>Sees every span begin and end besides the exporter, as the live page does; null for nobody.</summary>
    public BaseProcessor<Activity>? Watcher { get; init; }

    /// <summary>
    /// Replaces the exporter: given, it receives the builder with service name and sources set, and no exporter of this
    /// room is added. The Orleans host adds OpenTelemetry's own console exporter here.
    /// </summary>
    public Action<TracerProviderBuilder>? Configure { get; init; }

    /// <summary>The same for metrics.</summary>
    public Action<MeterProviderBuilder>? ConfigureMetrics { get; init; }
}
