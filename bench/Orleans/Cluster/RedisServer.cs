using System.Diagnostics;
using System.Globalization;

namespace AsyncTour.Orleans.Bench.Cluster;

/// <summary>A Redis server of our own, on loopback, with an append-only file that is gone when this is.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private const string Program = "redis-server";

    private readonly string _folder = Directory.CreateTempSubdirectory("asynctour-redis-").FullName;
    private Process? _process;

    private RedisServer(int port) => Port = port;

    public int Port { get; }

    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>Whether this machine has one to run.</summary>
    public static bool IsInstalled => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(static folder => File.Exists(Path.Combine(folder, Program)));

    public static async Task<RedisServer> StartAsync()
    {
        var server = new RedisServer(FreePorts.Take(1)[0]);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts it with what its append-only file holds.</summary>
    public async Task StartAgainAsync()
    {
        var start = new ProcessStartInfo(Program) { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var argument in (string[])["--bind", "127.0.0.1", "--port", Port.ToString(CultureInfo.InvariantCulture), "--save", "", "--appendonly", "yes", "--dir", _folder])
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException($"{Program} could not be started.");
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return;
            }
        }

        throw new InvalidOperationException($"{Program} ended with {_process.ExitCode} before it was ready.");
    }

    /// <summary>SIGKILL: its clients' connections break.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGSTOP: its clients' connections stay, and nothing answers.</summary>
    public Task FreezeAsync() => Signal.FreezeAsync(_process!);

    /// <summary>SIGCONT.</summary>
    public Task ContinueAsync() => Signal.ContinueAsync(_process!);

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
