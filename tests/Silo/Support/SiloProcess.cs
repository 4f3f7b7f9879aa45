using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace AsyncTour.Silo.Tests.Support;

/// <summary>A silo as its user starts it: a process of its own, on ports that are free, with its state in a folder.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly Channel<string> _unread = Channel.CreateUnbounded<string>();
    private readonly Task<string> _errors;
    private readonly Task _reading;

    private SiloProcess(int port, int httpPort, Process process)
    {
        (Port, HttpPort, _process) = (port, httpPort, process);
        _errors = process.StandardError.ReadToEndAsync();
        _reading = ReadLinesAsync();
    }

    /// <summary>Where clients connect.</summary>
    public int Port { get; }

    /// <summary>Where its pages are.</summary>
    public int HttpPort { get; }

    /// <summary>What it has printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_lines)
                return string.Join('\n', _lines);
        }
    }

    /// <summary>Starts one and returns when it says that it listens.</summary>
    public static Task<SiloProcess> StartAsync(string folder) => StartAsync(folder, FreePort(), FreePort());

    /// <summary>Starts one where another was, so that its clients find it.</summary>
    public static Task<SiloProcess> StartAgainAsync(SiloProcess before, string folder) => StartAsync(folder, before.Port, before.HttpPort);

    /// <summary>Starts one on the given ports and returns at once.</summary>
    public static SiloProcess Launch(string folder, int port, int httpPort)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] arguments =
        [
            typeof(SiloSettings).Assembly.Location,
            "--port", port.ToString(CultureInfo.InvariantCulture), "--http-port", httpPort.ToString(CultureInfo.InvariantCulture),
            "--storage", Path.Combine(folder, "state"), "--traces", Path.Combine(folder, "traces"),
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return new SiloProcess(port, httpPort, Process.Start(start)!);
    }

    /// <summary>A port nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The end without a warning: SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await ExitAsync();
    }

    /// <summary>The polite way: SIGTERM.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync().WaitAsync(Patience);
        return await ExitAsync();
    }

    /// <summary>Its exit code, once it has ended and all it printed is read.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        await _reading;
        return _process.ExitCode;
    }

    /// <summary>What it printed as errors, once it has ended.</summary>
    public async Task<string> ErrorsAsync() => await _errors.WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private static async Task<SiloProcess> StartAsync(string folder, int port, int httpPort)
    {
        var silo = Launch(folder, port, httpPort);
        await silo.SaysAsync("listens on");
        return silo;
    }

    private async Task SaysAsync(string words)
    {
        using var patience = new CancellationTokenSource(Patience);
        await foreach (var line in _unread.Reader.ReadAllAsync(patience.Token))
        {
            if (line.Contains(words, StringComparison.Ordinal))
                return;
        }

        throw new InvalidOperationException($"The silo ended with {await ExitAsync()} before it said '{words}': {Output}\n{await ErrorsAsync()}");
    }

    private async Task ReadLinesAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            lock (_lines)
                _lines.Add(line);
            _unread.Writer.TryWrite(line);
        }

        _unread.Writer.Complete();
    }
}
