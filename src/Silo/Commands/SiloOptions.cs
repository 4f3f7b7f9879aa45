using System.CommandLine;
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

    private readonly Option<ClusterKind> _cluster = new("--cluster")
    {
        Description = "localhost: silos on this machine, state in memory; redis: silos anywhere, state in Redis (Orleans engine).",
        DefaultValueFactory = static _ => ClusterKind.Localhost,
    };

    private readonly Option<int?> _join = new("--join")
    {
        Description = "On localhost, the silo port of the cluster's first silo; left out, this is the first (Orleans engine).",
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

    private readonly Option<TraceExporter> _exporter = new("--trace-exporter")
    {
        Description = "Where spans go: file, console or otlp.",
        DefaultValueFactory = static _ => TraceExporter.File,
    };

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

    public static Option<int> PortOption(string name, string description, int port)
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
