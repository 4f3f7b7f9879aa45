using System.Globalization;

namespace AsyncTour.Orleans.Bench.Cluster;

/// <summary>A silo's name and ports, which it keeps when it is started again.</summary>
/// <param name="Name">Its name in outcomes.</param>
/// <param name="SiloPort">Where the other silos find it.</param>
/// <param name="GatewayPort">Where clients find it.</param>
/// <param name="HttpPort">Where it says how it is.</param>
/// <param name="First">The silo port of the cluster's first silo, for a cluster without Redis.</param>
/// <param name="Traces">Its traces folder, or none.</param>
internal sealed record SiloPlace(string Name, int SiloPort, int GatewayPort, int HttpPort, int First, string Traces)
{
    /// <summary>Its command line.</summary>
    /// <param name="redis">The cluster's Redis; <c>null</c> for one on this machine that keeps nothing.</param>
    public string[] Arguments(string? redis) =>
    [
        "--name", Name, "--silo-port", Text(SiloPort), "--port", Text(GatewayPort), "--http-port", Text(HttpPort), "--traces", Traces,
        .. redis is not null ? ["--cluster", "redis", "--redis", redis]
            : First == SiloPort ? []
            : (string[])["--join", Text(First)],
    ];

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
