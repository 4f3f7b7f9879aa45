using System.Net;

namespace Orleans.Configuration;

/// <summary>Where the silo can be reached.</summary>
public class EndpointOptions
{
    public const int DEFAULT_SILO_PORT = 11111;
    public const int DEFAULT_GATEWAY_PORT = 30000;

    public IPAddress AdvertisedIPAddress { get; set; } = IPAddress.Loopback;

    public int SiloPort { get; set; } = DEFAULT_SILO_PORT;

    /// <summary>Where clients in other processes connect; 0: nowhere.</summary>
    public int GatewayPort { get; set; } = DEFAULT_GATEWAY_PORT;

    /// <summary>Where the gateway listens, when that is not 127.0.0.1 and <see cref="GatewayPort"/>. Any other address needs a token.</summary>
    public IPEndPoint? GatewayListeningEndpoint { get; set; }
}
