using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Concurrency;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

[assembly: AssemblyFixture(typeof(AsyncTour.Simulator.Tests.TwoProcesses))]

namespace AsyncTour.Simulator.Tests;

/// <summary>A silo with its gateway, and a client that knows it by its port only. Both run here, but nothing else joins them.</summary>
public sealed class TwoProcesses : IAsyncLifetime
{
    private IHost? _silo;
    private IHost? _client;

    public int Port { get; } = FreePort();

    public IClusterClient Client => _client!.Services.GetRequiredService<IClusterClient>();

    public HttpClient Http { get; private set; } = null!;

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static async Task<IHost> StartSiloAsync(int port, Action<ISiloBuilder>? configure = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(gatewayPort: port).AddMemoryGrainStorage("store").AddActivityPropagation();
            silo.Configure<SiloMessagingOptions>(options => options.WaitForCancellationAcknowledgement = true);
            configure?.Invoke(silo);
        });
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    public static async Task<IHost> StartClientAsync(int port, Action<IClientBuilder>? configure = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client =>
        {
            client.UseLocalhostClustering(gatewayPort: port).AddActivityPropagation();
            client.Configure<ClientMessagingOptions>(options => options.WaitForCancellationAcknowledgement = true);
            configure?.Invoke(client);
        });
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    public async ValueTask InitializeAsync()
    {
        _silo = await StartSiloAsync(Port);
        _client = await StartClientAsync(Port);
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port}/") };
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _client!.StopAsync(CancellationToken.None);
        _client.Dispose();
        await _silo!.StopAsync(CancellationToken.None);
        _silo.Dispose();
    }
}

[GenerateSerializer]
public record Shape
{
    [Id(0)]
    public string Name { get; init; } = "";
}

[GenerateSerializer]
[Alias("circle")]
public sealed record Circle : Shape
{
    [Id(0)]
    public double Radius { get; init; }
}

[GenerateSerializer]
public sealed class OwnException(string message, int code) : Exception(message)
{
    [Id(0)]
    public int Code { get; } = code;
}

public sealed class ForeignException(string message) : Exception(message);

public interface IRemoteGrain : IGrainWithStringKey
{
    Task<string> Echo(string text);

    Task<List<Shape>> Shapes(Shape shape, int times, DateTimeOffset? when);

    Task<IRemoteGrain> Self();

    Task<string> Context(string key);

    Task<string> ContextKind(string key);

    Task<string> Throw(string kind);

    [AlwaysInterleave]
    Task<string> Wait(CancellationToken cancellationToken);

    /// <summary>Answers once a <see cref="Wait"/> has begun.</summary>
    [AlwaysInterleave]
    Task Begun();

    /// <summary>How many waits have stopped; answers once one has.</summary>
    [AlwaysInterleave]
    Task<int> Stopped();

    Task<byte[]> Large(int bytes);

    Task<string> TraceParent();
}

internal sealed class RemoteGrain(TimeProvider time) : Grain, IRemoteGrain
{
    private readonly TaskCompletionSource _begun = new();
    private readonly TaskCompletionSource _ended = new();
    private int _stopped;

    public Task<string> Echo(string text) => Task.FromResult(text);

    public Task<List<Shape>> Shapes(Shape shape, int times, DateTimeOffset? when) => Task.FromResult(Enumerable.Repeat(shape, times).ToList());

    public Task<IRemoteGrain> Self() => Task.FromResult(this.AsReference<IRemoteGrain>());

    public Task<string> Context(string key) => Task.FromResult(RequestContext.Get(key) as string ?? "nothing");

    public Task<string> ContextKind(string key)
    {
        var value = RequestContext.Get(key)!;
        return Task.FromResult($"{value.GetType().Name} {Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)}");
    }

    public Task<string> Throw(string kind) => throw (kind switch
    {
        "own" => new OwnException("mine", 7),
        "foreign" => new ForeignException("yours"),
        _ => new FormatException("plain", new InvalidOperationException("inner")),
    });

    public async Task<string> Wait(CancellationToken cancellationToken)
    {
        _begun.TrySetResult();
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        }
        finally
        {
            _stopped++;
            _ended.TrySetResult();
        }

        return "never";
    }

    public Task Begun() => _begun.Task;

    public async Task<int> Stopped()
    {
        await _ended.Task;
        return _stopped;
    }

    public Task<byte[]> Large(int bytes) => Task.FromResult(new byte[bytes]);

    public Task<string> TraceParent() => Task.FromResult(System.Diagnostics.Activity.Current?.TraceId.ToString() ?? "none");
}
