namespace AsyncTour.Tracing.Conventions;

/// <summary>
/// The activity sources a recorder listens to. The engine's are recorded too: a worker's span hangs below the engine's
/// call spans, so without them its parent would be missing. Viewers fold them.
/// </summary>
public static class SourceNames
{
    /// <summary>The source of run and job spans, and the name of the meter.</summary>
    public const string Tour = "AsyncTour";

    /// <summary>What every source of the engine starts with.</summary>
    public const string EnginePrefix = "Microsoft.Orleans.";

    /// <summary>Call spans: Client at the caller, Server at the callee.</summary>
    public const string EngineCalls = "Microsoft.Orleans.Application";

    /// <summary>Activation and deactivation of grains.</summary>
    public const string EngineLifecycle = "Microsoft.Orleans.Lifecycle";

    /// <summary>Reads and writes of grain state.</summary>
    public const string EngineStorage = "Microsoft.Orleans.Storage";

    /// <summary>All sources a recorder listens to.</summary>
    public static IReadOnlyList<string> Recorded { get; } = [Tour, EngineCalls, EngineLifecycle, EngineStorage];
}
