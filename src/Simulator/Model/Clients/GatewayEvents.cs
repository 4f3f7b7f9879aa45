namespace Orleans;

/// <summary>Hears that a client has no gateway left.</summary>
public delegate void ConnectionToClusterLostHandler(object sender, EventArgs e);

/// <summary>Hears how many gateways a client has.</summary>
public delegate void GatewayCountChangedHandler(object sender, GatewayCountChangedEventArgs e);

/// <summary>How many gateways a client has, and had.</summary>
public class GatewayCountChangedEventArgs(int currentNumberOfConnectedGateways, int previousNumberOfConnectedGateways) : EventArgs
{
    public int NumberOfConnectedGateways { get; } = currentNumberOfConnectedGateways;

    public int PreviousNumberOfConnectedGateways { get; } = previousNumberOfConnectedGateways;

    /// <summary>Whether there was none before.</summary>
    public bool ConnectionRecovered => NumberOfConnectedGateways > 0 && PreviousNumberOfConnectedGateways <= 0;
}
