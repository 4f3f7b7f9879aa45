namespace AsyncTour.Simulator;

/// <summary>Who may use a silo's gateway, how a client shows that it may and how long it waits for one, and how much and how slowly it may send.</summary>
public sealed class GatewaySettings
{
    /// <summary>Sent by clients as <c>Authorization: Bearer</c>. Needed when the gateway listens anywhere but on loopback; null: none.</summary>
    public string? Token { get; set; }

    /// <summary>
    /// How long a client keeps calls that no gateway takes, because its silo is stopping, starting or away, and tries them again:
    /// such a call has certainly not begun. Counted from the moment when the last gateway was lost. Default: 10 s.
    /// </summary>
    public TimeSpan ReadyTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Host names by which the gateway may be addressed, beside localhost, 127.0.0.1 and [::1].</summary>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>The largest request, in bytes; a larger one is answered with 413. Default: 4 MiB.</summary>
    public long MaxRequestBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>
    /// How long a request's headers may take to arrive, and again its body; a slower one is answered with 408 and its connection is
    /// closed. The headers' time is checked once a second. It bounds what callers send, not what grains take. Default: 30 s.
    /// </summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a connection may be open without a request before it is closed. Default: 2 min.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(2);
}
