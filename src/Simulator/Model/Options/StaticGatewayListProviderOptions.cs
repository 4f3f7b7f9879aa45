namespace Orleans.Configuration;

/// <summary>The gateways that a client may connect to; the Simulator's client uses the first.</summary>
public class StaticGatewayListProviderOptions
{
    public List<Uri> Gateways { get; set; } = [];
}
