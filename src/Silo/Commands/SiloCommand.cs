using System.CommandLine;
using AsyncTour.Tracing.Recording;

namespace AsyncTour.Silo;

/// <summary>The silo's command line.</summary>
internal static class SiloCommand
{
    private static readonly Option<string> Name = new("--name")
    {
        Description = "The silo's name in outcomes and traces.",
        DefaultValueFactory = _ => "silo-0",
    };

    private static readonly Option<int> Port = PortOption("--port", "Where clients connect, on loopback.", SiloSettings.DefaultGatewayPort);

    private static readonly Option<int> SiloPort =
        PortOption("--silo-port", "Where silos connect (Orleans engine).", SiloSettings.DefaultSiloPort);

    private static readonly Option<string> Traces = new("--traces")
    {
        Description = "The folder for traces, or none.",
        DefaultValueFactory = _ => TraceRecorderOptions.DefaultFolder,
    };

    private static readonly Option<TraceExporter> Exporter = new("--trace-exporter")
    {
        Description = "Where spans go: file, console or otlp.",
        DefaultValueFactory = _ => TraceExporter.File,
    };

    /// <summary>The command; running it calls <paramref name="run"/> with the settings it read.</summary>
    public static RootCommand Create(Func<SiloSettings, CancellationToken, Task<int>> run)
    {
        var command = new RootCommand("Runs a silo: the process that hosts coordinators and workers.")
        {
            Name, Port, SiloPort, Traces, Exporter,
        };
        command.SetAction((line, cancellationToken) => run(SettingsOf(line), cancellationToken));
        return command;
    }

    private static SiloSettings SettingsOf(ParseResult line) => new()
    {
        Name = line.GetValue(Name)!,
        GatewayPort = line.GetValue(Port),
        SiloPort = line.GetValue(SiloPort),
        Traces = new TraceRecorderOptions
        {
            ServiceName = "asynctour-silo",
            Folder = line.GetValue(Traces)!,
            Exporter = line.GetValue(Traces) == "none" ? TraceExporter.None : line.GetValue(Exporter),
        },
    };

    private static Option<int> PortOption(string name, string description, int port)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => port };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 65_535)
            {
                result.AddError($"{name} must be a port, 1 to 65535");
            }
        });
        return option;
    }
}
