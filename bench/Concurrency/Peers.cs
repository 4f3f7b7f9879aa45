using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace AsyncTour.Concurrency.Bench;

/// <summary>
/// The peers outside of .NET, where they are installed. They cannot take turns with the others within a round, so on a noisy machine
/// they are given the best of five runs where the others have their median.
/// </summary>
public static class Peers
{
    /// <summary>A speed, or null and the reason why there is none.</summary>
    public sealed record Result(string Name, double? JobsPerSecond, string Remark);

    public static Result Asyncio(int jobs, int workers)
    {
        string version = Run("python3", "--version")?.Trim() ?? "";
        return Measure($"asyncio lanes ({version})", "Python is not installed", "python3", Script("lanes.py"), Number(jobs), Number(workers));
    }

    public static Result PMap(int jobs, int workers)
    {
        string folder = Path.Combine(Path.GetTempPath(), "asynctour-p-map");
        Directory.CreateDirectory(folder);
        string version = Run("node", "--version")?.Trim() ?? "";
        if (Run("npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, "p-map") is null)
            return new("p-map", null, "not measured: npm could not install it");
        return Measure($"p-map (node {version})", "node is not installed", "node", Script("p-map.mjs"), Number(jobs), Number(workers), folder);
    }

    private static Result Measure(string name, string otherwise, string command, params string[] arguments)
    {
        var speeds = new List<double>();
        for (int round = 0; round < 5; round++)
        {
            if (Run(command, arguments) is not { } output)
                return new(name, null, $"not measured: {otherwise}");
            speeds.Add(double.Parse(output, CultureInfo.InvariantCulture));
        }

        return new(name, speeds.Max(), "results, input order (best of five)");
    }

    private static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "Outside", name);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string? Run(string command, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, UseShellExecute = false };
            using Process process = Process.Start(start)!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
