namespace AsyncTour.Client.Connections;

/// <summary>Which silo a command is to use.</summary>
/// <param name="MayConnect">Whether a silo that already runs may be used.</param>
/// <param name="MayEmbed">Whether one may be started in this process.</param>
/// <param name="Gateways">Where to look for a running one.</param>
internal sealed record SiloChoice(bool MayConnect, bool MayEmbed, GatewayList Gateways)
{
    /// <summary>A silo of our own.</summary>
    public static SiloChoice Embedded { get; } = new(false, true, GatewayList.Default);

    /// <summary>A local silo if one answers, else one of our own.</summary>
    public static SiloChoice Either { get; } = new(true, true, GatewayList.Default);

    /// <summary>A silo at these addresses and no other.</summary>
    public static SiloChoice At(GatewayList gateways) => new(true, false, gateways);
}

/// <summary>No silo answers where one was expected. The message is one sentence for the person who asked.</summary>
internal sealed class NoSiloException(string message) : Exception(message);
