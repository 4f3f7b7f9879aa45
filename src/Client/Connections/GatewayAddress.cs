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
