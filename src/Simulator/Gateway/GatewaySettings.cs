namespace AsyncTour.Simulator;

/// <summary>Who may use a silo's gateway, and how a client shows that it may.</summary>
public sealed class GatewaySettings
{
    /// <summary>Sent by clients as <c>Authorization: Bearer</c>. Needed when the gateway listens anywhere but on loopback; null: none.</summary>
    public string? Token { get; set; }

    /// <summary>Host names by which the gateway may be addressed, beside localhost, 127.0.0.1 and [::1].</summary>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>The largest request, in bytes; a larger one is answered with 413. Default: 4 MiB.</summary>
    public long MaxRequestBytes { get; set; } = 4 * 1024 * 1024;
}
