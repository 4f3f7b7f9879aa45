using AsyncTour.Grains.Runs;
using Orleans;

namespace AsyncTour.Client.Connections;

/// <summary>A way to the grains, until it is disposed.</summary>
/// <param name="runs">How its runs are spoken to; <c>null</c> for the defaults.</param>
internal sealed class Connection(IGrainFactory grains, string engine, int silos, string where, IAsyncDisposable? host, RunClientOptions? runs = null) : IAsyncDisposable
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
    public bool IsEmbedded => where.Length == 0;

    /// <summary>Where the silo is, as it follows the word in a sentence: <c> at localhost:30000</c>; empty for one of our own.</summary>
    public string Where => where;

    /// <summary>The client's first line.</summary>
    public string Banner => $"engine: {engine}, {silos} silo{(silos == 1 ? "" : "s")}{where}";

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => host?.DisposeAsync() ?? ValueTask.CompletedTask;
}
