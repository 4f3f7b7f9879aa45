using System.Diagnostics;
using AsyncTour.Client;

namespace AsyncTour.Orleans.Bench.Outages;

/// <summary>What the console said to one command line, in a process of its own.</summary>
/// <param name="Command">The command line.</param>
/// <param name="ExitCode">What it answered its shell.</param>
/// <param name="Errors">What it wrote to the error stream.</param>
/// <param name="Took">How long it took.</param>
internal sealed record ConsoleAnswer(string Command, int ExitCode, string Errors, TimeSpan Took)
{
    /// <summary>Whether a person was told what was wrong, and no more than that.</summary>
    public bool IsOneSentence => Errors.StartsWith("asynctour: ", StringComparison.Ordinal) && Errors.Count('\n') == 1;

    public static async Task<ConsoleAnswer> AskAsync(int gateway, params string[] command)
    {
        string[] arguments = [typeof(TourConsole).Assembly.Location, .. command, "--connect", $"localhost:{gateway}", "--traces", "none"];
        var start = new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet could not be started.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();
        return new ConsoleAnswer(string.Join(' ', command), process.ExitCode, errors, Stopwatch.GetElapsedTime(began));
    }
}
