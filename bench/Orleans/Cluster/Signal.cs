using System.Diagnostics;
using System.Globalization;

namespace AsyncTour.Orleans.Bench.Cluster;

/// <summary>What a process may be told from outside, besides its death.</summary>
internal static class Signal
{
    /// <summary>SIGSTOP: it keeps its memory and its connections, and does nothing until it is continued.</summary>
    public static Task FreezeAsync(Process process) => SendAsync(process, "-STOP");

    /// <summary>SIGCONT: it goes on and knows nothing of the time between.</summary>
    public static Task ContinueAsync(Process process) => SendAsync(process, "-CONT");

    /// <summary>SIGTERM: it is asked to end.</summary>
    public static Task TerminateAsync(Process process) => SendAsync(process, "-TERM");

    private static async Task SendAsync(Process process, string signal)
    {
        using var kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }
}
