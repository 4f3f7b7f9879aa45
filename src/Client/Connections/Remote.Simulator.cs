namespace AsyncTour.Client.Connections;

/// <summary>A silo of the Simulator in another process.</summary>
internal static class Remote
{
    /// <summary>Whether a silo in another process can be reached at all.</summary>
    public static bool IsSupported => false;

    public static Task<Connection> OpenAsync(GatewayAddress address, CancellationToken cancellationToken) => throw NotThere(address);

    public static NoSiloException NotThere(GatewayAddress address) =>
        new($"cannot use {address}: the simulator's silo cannot be reached from another process yet; leave --connect out to run one in this process");
}
