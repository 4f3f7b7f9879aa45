using AsyncTour.Grains.Runs;
using Orleans;

namespace AsyncTour.Client.Connections;

/// <summary>A way to the grains, until it is disposed.</summary>
/// <param name="gateways">Where the silo is; <c>null</c> for one of this process's own.</param>
/// <param name="runs">How its runs are spoken to; <c>null</c> for the defaults.</param>
internal sealed class Connection(IGrainFactory grains, string engine, int silos, GatewayList? gateways, IAsyncDisposable? host, RunClientOptions? runs = null) : IAsyncDisposable
{
    /// <summary>Finds grains.</summary>
    public IGrainFactory Grains => grains;

    /// <summary>Starts runs and finds them.</summary>
    public RunClient Runs { get; } = new(grains, runs);

    /// <summary>The engine's name and version: <c>simulator</c>, <c>orleans 10.4.2</c>.</summary>
    public string Engine => engine;

    /// <summary>How many silos run the grains.</summary>
    public int Silos => silos;

    /// <summary>Whether the silo is this process's own, and ends with it.</summary>
    public bool IsEmbedded => gateways is null;

    /// <summary>The silo, or the cluster behind several gateways, as the subject of a sentence.</summary>
    public string Subject => gateways?.Subject ?? "the silo";

    /// <summary>The client's first line.</summary>
    public string Banner => $"engine: {engine}, {silos} silo{(silos == 1 ? "" : "s")}{(gateways is null ? "" : $" at {gateways}")}";

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => host?.DisposeAsync() ?? ValueTask.CompletedTask;
}
