using AsyncTour.Tracing.Conventions;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace AsyncTour.Tracing.Recording;

/// <summary>The metrics' half of a recorder.</summary>
internal static class MetricRecording
{
    public static MeterProvider Start(TraceRecorderOptions options, ProcessIdentity identity)
    {
        var builder = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(identity.Resource)
            .AddMeter(SourceNames.Tour);
        if (options.ConfigureMetrics is { } configure)
            configure(builder);
        else
            builder.AddReader(new PeriodicExportingMetricReader(Exporter(options, identity), (int)options.MetricsInterval.TotalMilliseconds));
        return builder.Build();
    }

    private static BaseExporter<Metric> Exporter(TraceRecorderOptions options, ProcessIdentity identity) =>
        identity.OpenSink(options, ProcessIdentity.MetricsExtension) is { } sink
            ? new OtlpJsonMetricExporter(sink)
            : new OtlpMetricExporter(new OtlpExporterOptions());
}
