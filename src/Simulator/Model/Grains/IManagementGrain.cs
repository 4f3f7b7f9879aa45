namespace Orleans.Runtime;

/// <summary>Questions to the cluster about itself. Key 0.</summary>
public interface IManagementGrain : IGrainWithIntegerKey
{
    /// <summary>Every silo and how it is.</summary>
    Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive = false);

    /// <summary>How many activations all silos hold.</summary>
    Task<int> GetTotalActivationCount();
}

/// <summary>The silo that the code at hand runs in.</summary>
public interface ILocalSiloDetails
{
    string Name { get; }

    string ClusterId { get; }

    string DnsHostName { get; }

    SiloAddress SiloAddress { get; }

    SiloAddress GatewayAddress { get; }
}

/// <summary>How a silo is.</summary>
public enum SiloStatus
{
    None = 0,
    Created = 1,
    Joining = 2,
    Active = 3,
    ShuttingDown = 4,
    Stopping = 5,
    Dead = 6,
}
