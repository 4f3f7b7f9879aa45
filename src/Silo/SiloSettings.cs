using AsyncTour.Tracing.Recording;

namespace AsyncTour.Silo;

/// <summary>What may be said of one silo. Every setting has a default that runs on a developer's machine.</summary>
public sealed record SiloSettings
{
    /// <summary>The port on which clients in other processes find the silo, on loopback.</summary>
    public const int DefaultGatewayPort = 30_000;

    /// <summary>The port on which silos find each other (Orleans engine only).</summary>
    public const int DefaultSiloPort = 11_111;

    /// <summary>The silo's name, as outcomes and spans show it.</summary>
    public string Name { get; init; } = "silo-0";

    /// <summary>Where clients connect.</summary>
    public int GatewayPort { get; init; } = DefaultGatewayPort;

    /// <summary>Where silos connect (Orleans engine only).</summary>
    public int SiloPort { get; init; } = DefaultSiloPort;

    /// <summary>
    /// Whether the silo lives inside the client's process and listens to nobody. On Orleans it listens on loopback all
    /// the same, on ports that are free.
    /// </summary>
    public bool IsEmbedded { get; init; }

    /// <summary>Whether what grains keep outlives the silo; runs are then journaled and go on after a crash.</summary>
    public bool IsDurable => StorageFolder is not null;

    /// <summary>The folder in which grains keep their state, in SQLite (Simulator engine); <c>null</c>: in memory.</summary>
    public string? StorageFolder { get; init; }

    /// <summary>Where spans go.</summary>
    public TraceRecorderOptions Traces { get; init; } = new() { ServiceName = "asynctour-silo" };
}
