using AsyncTour.Tracing.Recording;

namespace AsyncTour.Silo;

/// <summary>Spans on the console: on the Simulator as the recorder writes them, in OTLP-JSON.</summary>
public static class ConsoleSpans
{
    /// <summary>The same options.</summary>
    public static TraceRecorderOptions Configure(TraceRecorderOptions options) => options;
}
