using System.Globalization;

namespace AsyncTour.Client.Connections;

/// <summary>Where a silo's gateway listens.</summary>
internal sealed record GatewayAddress(string Host, int Port)
{
    /// <summary>Where a local silo listens when nobody says otherwise.</summary>
    public static GatewayAddress Default { get; } = new("localhost", 30000);

    /// <summary>Reads <c>HOST:PORT</c>, or a host alone for the default port. An IPv6 address wears brackets.</summary>
    public static bool TryParse(string text, out GatewayAddress? address)
    {
        var colon = text.EndsWith(']') ? -1 : text.LastIndexOf(':');
        var host = colon < 0 ? text : text[..colon];
        var port = Default.Port;
        var isValid = Uri.CheckHostName(host.Trim('[', ']')) != UriHostNameType.Unknown
            && (colon < 0 ? host.Contains('.') || host == Default.Host : int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out port))
            && port is > 0 and <= 65535;
        address = isValid ? new GatewayAddress(host, port) : null;
        return isValid;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}

/// <summary>Which silo a command is to use.</summary>
/// <param name="MayConnect">Whether a silo that already runs may be used.</param>
/// <param name="MayEmbed">Whether one may be started in this process.</param>
/// <param name="Address">Where to look for a running one.</param>
internal sealed record SiloChoice(bool MayConnect, bool MayEmbed, GatewayAddress Address)
{
    /// <summary>A silo of our own.</summary>
    public static SiloChoice Embedded { get; } = new(false, true, GatewayAddress.Default);

    /// <summary>A local silo if one answers, else one of our own.</summary>
    public static SiloChoice Either { get; } = new(true, true, GatewayAddress.Default);

    /// <summary>The silo at an address and no other.</summary>
    public static SiloChoice At(GatewayAddress address) => new(true, false, address);
}

/// <summary>No silo answers where one was expected. The message is one sentence for the person who asked.</summary>
internal sealed class NoSiloException(string message) : Exception(message);
