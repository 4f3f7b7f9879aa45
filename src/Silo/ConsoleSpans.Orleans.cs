using AsyncTour.Tracing.Recording;
using OpenTelemetry.Trace;

namespace AsyncTour.Silo;

/// <summary>Spans on the console: on Orleans by OpenTelemetry's own console exporter.</summary>
public static class ConsoleSpans
{
    /// <summary>The same options, with the console exporter if it was asked for.</summary>
    public static TraceRecorderOptions Configure(TraceRecorderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Exporter == TraceExporter.Console
            ? options with { Configure = static spans => spans.AddConsoleExporter() }
            : options;
    }
}
