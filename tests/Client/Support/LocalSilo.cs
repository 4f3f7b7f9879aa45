using System.Net;
using System.Net.Sockets;
using AsyncTour.Silo;
using AsyncTour.Tracing.Recording;
using Microsoft.Extensions.Hosting;

namespace AsyncTour.Client.Tests.Support;

/// <summary>A silo with a gateway, for several command lines to connect to.</summary>
internal sealed class LocalSilo : IAsyncDisposable
{
    private readonly IHost _host;

    private LocalSilo(IHost host, int port) => (_host, Address) = (host, $"localhost:{port}");

    public string Address { get; }

    public static async Task<LocalSilo> StartAsync()
    {
        var (port, siloPort) = (FreePort(), FreePort());
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.AddAsyncTourSilo(new SiloSettings { GatewayPort = port, SiloPort = siloPort, Traces = new TraceRecorderOptions { Exporter = TraceExporter.None } });
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new LocalSilo(host, port);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
