using System.Globalization;
using OpenTelemetry.Resources;

namespace AsyncTour.Tracing.Recording;

/// <summary>Who this recording is: to OpenTelemetry a resource, in the folder the stem of its files' names.</summary>
internal sealed record ProcessIdentity(string Stem, ResourceBuilder Resource)
{
    public const string TracesExtension = ".traces.jsonl";
    public const string MetricsExtension = ".metrics.jsonl";

    public static ProcessIdentity Of(TraceRecorderOptions options)
    {
        var stem = string.Create(
            CultureInfo.InvariantCulture,
            $"{options.ServiceName}-{options.Time.GetUtcNow():yyyyMMdd'T'HHmmss.fff'Z'}-{Environment.ProcessId}");
        var resource = ResourceBuilder.CreateEmpty()
            .AddService(options.ServiceName, serviceInstanceId: stem, autoGenerateServiceInstanceId: false)
            .AddAttributes([
                new("process.pid", Environment.ProcessId),
                new("host.name", Environment.MachineName),
            ])
            .AddTelemetrySdk();
        return new ProcessIdentity(stem, resource);
    }

    /// <summary>Where lines of one kind go; null when they go to a collector instead.</summary>
    public ILineSink? OpenSink(TraceRecorderOptions options, string extension) => options.Exporter switch
    {
        TraceExporter.File => new FileLineSink(options.Folder, Stem, extension, options.MaxFileBytes, options.MaxFolderBytes),
        TraceExporter.Console => new StreamLineSink(options.OpenConsole()),
        _ => null,
    };
}
