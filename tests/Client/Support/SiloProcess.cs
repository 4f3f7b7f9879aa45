using System.Diagnostics;
using System.Globalization;

namespace AsyncTour.Client.Tests.Support;

/// <summary>A silo in a process of its own, which a test may kill at any moment.</summary>
internal sealed class SiloProcess : IDisposable
{
    private readonly Process _process;

    private SiloProcess(Process process) => _process = process;

    /// <summary>Starts the silo and returns when it listens.</summary>
    public static async Task<SiloProcess> StartAsync(int port, string storage)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = storage,
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "AsyncTour.Silo.dll"),
                "--port", port.ToString(CultureInfo.InvariantCulture), "--http-port", "0", "--storage", storage, "--traces", "none",
            },
        };
        var silo = new SiloProcess(Process.Start(start)!);
        while (await silo._process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Contains("listens on", StringComparison.Ordinal))
            {
                return silo;
            }
        }

        silo.Dispose();
        throw new InvalidOperationException("The silo ended before it listened.");
    }

    /// <summary>Ends it as a power cut would (<c>kill -9</c>).</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
