using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AsyncTour.Simulator.Bench.Gateway;

/// <summary>This program, started a second time as the silo.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private readonly Process _process;

    private SiloProcess(Process process, int gatewayPort, int echoPort) => (_process, GatewayPort, EchoPort) = (process, gatewayPort, echoPort);

    public int GatewayPort { get; }

    public int EchoPort { get; }

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<SiloProcess> StartAsync()
    {
        var (gatewayPort, echoPort) = (FreePort(), FreePort());
        var start = new ProcessStartInfo("dotnet", [typeof(SiloProcess).Assembly.Location, "silo", Text(gatewayPort), Text(echoPort)])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet could not be started.");
        if (await process.StandardOutput.ReadLineAsync() != SiloSide.Ready)
            throw new InvalidOperationException("The silo's process ended before it was ready.");
        return new SiloProcess(process, gatewayPort, echoPort);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
