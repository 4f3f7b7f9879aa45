namespace Orleans.Configuration;

/// <summary>The silo's own name.</summary>
public class SiloOptions
{
    /// <summary>As <c>ILocalSiloDetails.Name</c> tells. Default: <c>Silo_</c> and the process id.</summary>
    public string? SiloName { get; set; }
}

/// <summary>Which cluster this process belongs to.</summary>
public class ClusterOptions
{
    public const string DefaultClusterId = "default";
    public const string DefaultServiceId = "default";

    public string ClusterId { get; set; } = DefaultClusterId;

    public string ServiceId { get; set; } = DefaultServiceId;
}

/// <summary>When idle activations go, and how long coming and going may take.</summary>
public class GrainCollectionOptions
{
    /// <summary>How often idle activations are looked for. Default: one minute.</summary>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an activation must be idle to be collected. Default: 15 minutes.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long <c>OnActivateAsync</c> may take. Default: 30 s.</summary>
    public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long <c>OnDeactivateAsync</c> may take. Default: 30 s.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
