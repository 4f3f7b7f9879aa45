using System.Globalization;
using System.Net;
using System.Text;
using AsyncTour.Simulator.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

namespace AsyncTour.Simulator.Tests;

/// <summary>A gateway of its own, which cuts slow callers off soon, and whose open ends can be counted.</summary>
internal sealed class WatchedGateway : IAsyncDisposable
{
    private readonly IHost _silo;
    private readonly HttpClient _http;

    private WatchedGateway(IHost silo, int port) =>
        (_silo, Port, _http) = (silo, port, new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") });

    public int Port { get; }

    private GatewayStatistics Statistics => _silo.Services.GetServices<IHostedService>().OfType<GatewayServer>().Single().Statistics;

    private Cluster Cluster => _silo.Services.GetRequiredService<Cluster>();

    public static async Task<WatchedGateway> StartAsync(TimeSpan requestTimeout)
    {
        var port = TwoProcesses.FreePort();
        return new WatchedGateway(await TwoProcesses.StartSiloAsync(port, silo => silo.Configure<GatewaySettings>(settings => settings.RequestTimeout = requestTimeout)), port);
    }

    /// <summary>A call as an honest caller makes it.</summary>
    public async Task CallAsync()
    {
        using var body = new StringContent("""["hello"]""", Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(new Uri("grains/AsyncTour.Simulator.Tests.IRemoteGrain/k/Echo", UriKind.Relative), body);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>Calls until nothing is open but the honest caller's own connection, and says what there is then. The server learns of hang-ups a little later than those who hung up.</summary>
    public async Task<string> CallUntilQuietAsync()
    {
        await CallAsync();
        for (var asked = 0; Statistics is not { Connections: 1, Requests: 0 }; asked++)
        {
            asked.ShouldBeLessThan(200_000, $"still open: {Statistics}");
            await CallAsync();
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Statistics.Connections} connection, {Statistics.Requests} requests, {Cluster.ActivationCount} activations, {Cluster.Pending.Find(static _ => true).Count} calls pending");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _silo.StopAsync(CancellationToken.None);
        _silo.Dispose();
    }
}

/// <summary>Tests that count what is open, or weigh the heap, have the process for themselves.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
