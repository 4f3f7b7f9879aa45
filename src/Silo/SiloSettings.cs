using System.Collections.Immutable;
using AsyncTour.Tracing.Recording;

namespace AsyncTour.Silo;

/// <summary>What may be said of one silo. Every setting has a default that runs on a developer's machine.</summary>
public sealed record SiloSettings
{
    /// <summary>The port on which clients in other processes find the silo.</summary>
    public const int DefaultGatewayPort = 30_000;

    /// <summary>The port on which silos find each other (Orleans engine only).</summary>
    public const int DefaultSiloPort = 11_111;

    /// <summary>The port of the silo's own pages and health endpoints.</summary>
    public const int DefaultHttpPort = 8_080;

    /// <summary>The silo's name, as outcomes and spans show it.</summary>
    public string Name { get; init; } = "silo-0";

    /// <summary>Where clients connect.</summary>
    public int GatewayPort { get; init; } = DefaultGatewayPort;

    /// <summary>Where silos connect (Orleans engine only).</summary>
    public int SiloPort { get; init; } = DefaultSiloPort;

    /// <summary>
    /// The name or address of this machine at which silos and clients reach the silo (Orleans engine, Redis cluster).
    /// Default: loopback, so nobody from another machine can.
    /// </summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>How the silo finds the others. Default: <see cref="ClusterKind.Localhost"/>.</summary>
    public ClusterKind Cluster { get; init; } = ClusterKind.Localhost;

    /// <summary>
    /// In a cluster on one machine, the silo port of its first silo; <c>null</c> when this is the first (Orleans engine only).
    /// </summary>
    public int? FirstSiloPort { get; init; }

    /// <summary>
    /// The Redis server of a Redis cluster: <c>HOST:PORT</c>, with StackExchange.Redis' options behind it where it needs
    /// them (<c>redis:6379,password=…,ssl=true</c>).
    /// </summary>
    public string Redis { get; init; } = "localhost:6379";

    /// <summary>The port of pages and health endpoints; <c>null</c> for none.</summary>
    public int? HttpPort { get; init; } = DefaultHttpPort;

    /// <summary>Whether pages and health endpoints answer on every address of the machine, not on loopback alone.</summary>
    public bool HttpOnAnyAddress { get; init; }

    /// <summary>Host headers that are answered beside loopback's.</summary>
    public ImmutableArray<string> HttpHosts { get; init; } = [];

    /// <summary>
    /// Whether the silo lives inside the client's process and listens to nobody. On Orleans it listens on loopback all
    /// the same, on ports that are free.
    /// </summary>
    public bool IsEmbedded { get; init; }

    /// <summary>Whether what grains keep outlives the silo; runs are then journaled and go on after a crash.</summary>
    public bool IsDurable => StorageFolder is not null || Cluster == ClusterKind.Redis;

    /// <summary>The folder in which grains keep their state, in SQLite (Simulator engine); <c>null</c>: in memory.</summary>
    public string? StorageFolder { get; init; }

    /// <summary>Where spans go.</summary>
    public TraceRecorderOptions Traces { get; init; } = new() { ServiceName = "asynctour-silo" };
}

/// <summary>How silos find each other, and where grains keep their state.</summary>
public enum ClusterKind
{
    /// <summary>All on this machine; state lives in memory.</summary>
    Localhost,

    /// <summary>By a Redis server, on any machines; state lives in Redis (Orleans engine only).</summary>
    Redis,
}
