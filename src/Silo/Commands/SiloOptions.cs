using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using AsyncTour.Grains;
using AsyncTour.Tracing.Recording;

namespace AsyncTour.Silo.Commands;

/// <summary>What the command line says of a silo.</summary>
internal sealed class SiloOptions
{
    /// <summary>The environment variable that may hold the Redis server, because it may hold its password.</summary>
    public const string RedisVariable = "ASYNCTOUR_REDIS";

    private static readonly SiloSettings Default = new();

    private readonly Option<string> _name = TextOption("--name", "The silo's name in outcomes and traces.", Default.Name);

    private readonly Option<int> _port = PortOption("--port", "Where clients connect.", Default.GatewayPort);

    private readonly Option<int> _siloPort = PortOption("--silo-port", "Where silos connect (Orleans engine).", Default.SiloPort);

    private readonly Option<ClusterKind> _cluster = WordOption(
        "--cluster", "localhost: silos on this machine, state in memory; redis: silos anywhere, state in Redis (Orleans engine).", ClusterKind.Localhost);

    private readonly Option<int?> _join = new("--join")
    {
        Description = "On localhost, the silo port of the cluster's first silo; left out, this is the first (Orleans engine).",
        CustomParser = static result => Port(result, least: 1),
    };

    private readonly Option<string?> _redis = new("--redis")
    {
        Description = $"The Redis server, HOST:PORT (default {Default.Redis}, or what {RedisVariable} says).",
    };

    private readonly Option<string> _address = TextOption(
        "--address", "With redis, this machine's name or address for the other silos and for clients.", Default.Address);

    private readonly Option<int> _httpPort = new("--http-port")
    {
        Description = "Pages and health endpoints; 0 for none.",
        DefaultValueFactory = static _ => SiloSettings.DefaultHttpPort,
        CustomParser = static result => Port(result, least: 0),
    };

    private readonly Option<bool> _httpAny = new("--http-any")
    {
        Description = "Answer pages on every address of this machine, not on loopback alone.",
    };

    private readonly Option<string[]> _httpHosts = new("--http-host")
    {
        Description = "A Host header to answer beside loopback's; may be given again.",
        DefaultValueFactory = static _ => [],
    };

    private readonly Option<string?> _storage = new("--storage")
    {
        Description = "A folder in which runs and promises are kept, so that they survive this silo (Simulator engine); left out, memory.",
    };

    private readonly Option<string> _traces = TextOption("--traces", "The folder for traces, or none.", TraceRecorderOptions.DefaultFolder);

    private readonly Option<TraceExporter> _exporter = WordOption("--trace-exporter", "Where spans go: file, console or otlp.", TraceExporter.File);

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_name, _port, _siloPort, _cluster, _join, _redis, _address, _httpPort, _httpAny, _httpHosts, _storage, _traces, _exporter])
        {
            command.Add(option);
        }
    }

    /// <exception cref="RefusedException">The options contradict each other.</exception>
    public SiloSettings Read(ParseResult line)
    {
        var cluster = line.GetValue(_cluster);
        RefuseStrays(line, cluster);
        return new SiloSettings
        {
            Name = line.GetValue(_name)!,
            GatewayPort = line.GetValue(_port),
            SiloPort = line.GetValue(_siloPort),
            Cluster = cluster,
            FirstSiloPort = line.GetValue(_join),
            Redis = line.GetValue(_redis) ?? Environment.GetEnvironmentVariable(RedisVariable) ?? Default.Redis,
            Address = line.GetValue(_address)!,
            HttpPort = line.GetValue(_httpPort) is > 0 and var port ? port : null,
            HttpOnAnyAddress = line.GetValue(_httpAny),
            HttpHosts = [.. line.GetValue(_httpHosts) ?? []],
            StorageFolder = line.GetValue(_storage),
            Traces = Recording(line.GetValue(_traces)!, line.GetValue(_exporter)),
        };
    }

    public static Option<int> PortOption(string name, string description, int port) =>
        new(name) { Description = description, DefaultValueFactory = _ => port, CustomParser = static result => Port(result, least: 1) };

    private static int Port(ArgumentResult result, int least)
    {
        if (!int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port < least || port > 65_535)
        {
            result.AddError($"{NameOf(result)} {result.Tokens[0].Value} is no port: give a whole number from {least} to 65535");
        }

        return port;
    }

    private static Option<T> WordOption<T>(string name, string description, T value)
        where T : struct, Enum => new(name)
        {
            Description = description,
            DefaultValueFactory = _ => value,
            CustomParser = static result => Word<T>(result),
        };

    private static T Word<T>(ArgumentResult result)
        where T : struct, Enum
    {
        var text = result.Tokens[0].Value;
        if (!Enum.TryParse<T>(text, ignoreCase: true, out var value) || !Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            result.AddError($"{NameOf(result)} {text} is not allowed: write one of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}");
        }

        return value;
    }

    private static string NameOf(ArgumentResult result) => ((OptionResult)result.Parent!).Option.Name;

    // An option that another one makes meaningless is a mistake, and better said than passed over.
    private void RefuseStrays(ParseResult line, ClusterKind cluster)
    {
        foreach (var (option, kind) in ((Option Option, ClusterKind Kind)[])[(_redis, ClusterKind.Redis), (_address, ClusterKind.Redis), (_join, ClusterKind.Localhost)])
        {
            if (kind != cluster && line.GetResult(option) is { Implicit: false })
            {
                throw new RefusedException($"{option.Name} needs --cluster {kind.ToString().ToLowerInvariant()}");
            }
        }
    }

    private static TraceRecorderOptions Recording(string folder, TraceExporter exporter) => ConsoleSpans.Configure(new TraceRecorderOptions
    {
        ServiceName = "asynctour-silo",
        Folder = folder,
        Exporter = folder == "none" ? TraceExporter.None : exporter,
    });

    private static Option<string> TextOption(string name, string description, string value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };
}
