using System.CommandLine;
using AsyncTour.Client.Commands.Parsing;
using AsyncTour.Client.Connections;
using AsyncTour.Silo;
using AsyncTour.Tracing.Recording;

namespace AsyncTour.Client.Commands;

/// <summary>The options every command takes: which silo to use, and where traces go.</summary>
internal sealed class ConnectionOptions
{
    private static readonly Dictionary<string, TraceExporter> Exporters = new(StringComparer.Ordinal)
    {
        ["file"] = TraceExporter.File,
        ["console"] = TraceExporter.Console,
        ["otlp"] = TraceExporter.Otlp,
    };

    private readonly Option<GatewayList?> _connect = new("--connect")
    {
        HelpName = "[HOST:PORT,…]",
        Description = $"use the silo there (default {GatewayAddress.Default}), or the first of several that answers; exit code 3 if none does",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = static result =>
        {
            var text = result.Tokens.Count == 0 ? GatewayAddress.Default.ToString() : result.Tokens[0].Value;
            var gateways = GatewayList.Parse(text, out var refused);
            if (gateways is null)
            {
                result.AddError($"--connect {refused} is not an address: write HOST:PORT, such as {GatewayAddress.Default}, several with commas between them, or --connect as the last word");
            }

            return gateways;
        },
    };

    private readonly Option<bool> _embedded = Reading.Flag(
        "--embedded", $"run a silo inside this process (neither: a silo on {GatewayAddress.Default} if one answers, else this)");

    private readonly Option<string?> _traces = Reading.Option(
        "--traces", "DIR|none", $"the traces folder (default {TraceRecorderOptions.DefaultFolder})", Reading.Text);

    private readonly Option<string?> _exporter = Reading.Option(
        "--trace-exporter", "WHERE", "file (default), console or otlp", Reading.Word("exporter", "exporters", [.. Exporters.Keys]));

    /// <summary>Adds the options to every command below the root.</summary>
    public void AddTo(RootCommand root)
    {
        foreach (var option in (Option[])[_connect, _embedded, _traces, _exporter])
        {
            option.Recursive = true;
            root.Add(option);
        }
    }

    /// <summary>Which silo will be used: the one the command line names or, when it leaves that open, one that answers.</summary>
    /// <exception cref="Grains.RefusedException">The options contradict each other.</exception>
    /// <exception cref="NoSiloException">The one that was named does not answer.</exception>
    public Task<SiloChoice> SiloAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        Connector.DecideAsync(Silo(parsed), cancellationToken);

    /// <summary>The silo to look into: the one the command line names, or the local one. Never one of our own, unless it is asked for.</summary>
    /// <exception cref="NoSiloException">It does not answer.</exception>
    public Task<SiloChoice> RunningSiloAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var choice = Silo(parsed);
        return Connector.DecideAsync(choice.MayConnect ? SiloChoice.At(choice.Gateways) : choice, cancellationToken);
    }

    private SiloChoice Silo(ParseResult parsed)
    {
        var embedded = parsed.GetValue(_embedded);
        if (parsed.GetResult(_connect) is null)
        {
            return embedded ? SiloChoice.Embedded : SiloChoice.Either;
        }

        return embedded
            ? throw new Grains.RefusedException("--connect and --embedded exclude each other: give one of them, or neither")
            : SiloChoice.At(parsed.GetValue(_connect) ?? GatewayList.Default);
    }

    /// <summary>The folder to read traces from and to write them to.</summary>
    public string Folder(ParseResult parsed) =>
        parsed.GetValue(_traces) is { } folder and not "none" ? folder : TraceRecorderOptions.DefaultFolder;

    /// <summary>How this process records.</summary>
    /// <param name="json">Whether standard output is taken by the answer.</param>
    public TraceRecorderOptions Recording(ParseResult parsed, bool json)
    {
        var exporter = Exporters[parsed.GetValue(_exporter) ?? "file"];
        if (json && exporter == TraceExporter.Console)
        {
            throw new Grains.RefusedException("--json and --trace-exporter console both want standard output: give one of them");
        }

        return ConsoleSpans.Configure(new TraceRecorderOptions
        {
            Exporter = parsed.GetValue(_traces) == "none" ? TraceExporter.None : exporter,
            Folder = Folder(parsed),
        });
    }
}
