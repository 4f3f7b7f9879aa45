using System.ComponentModel;
using System.Diagnostics;

namespace AsyncTour.Concurrency.Tests.Parity;

/// <summary>The Python on this machine, if there is one that has all of the scenarios' asyncio.</summary>
public static class Python
{
    private const string IsNewEnough = "import sys; sys.exit(sys.version_info < (3, 11))";

    /// <summary>The command of a Python of at least 3.11, or null.</summary>
    public static string? Command { get; } = new[] { "python3", "python" }.FirstOrDefault(command => TryRun(command, ["-c", IsNewEnough], out _));

    public static string Run(string script)
    {
        TryRun(Command!, ["-B", script], out string output).ShouldBeTrue(output);
        return output;
    }

    private static bool TryRun(string command, string[] arguments, out string output)
    {
        try
        {
            var start = new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
                output += errors.GetAwaiter().GetResult();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            output = $"{command} is not on the PATH.";
            return false;
        }
    }
}
