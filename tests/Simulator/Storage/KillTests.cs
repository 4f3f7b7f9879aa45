using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using AsyncTour.Simulator.Runtime;
using Orleans;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Tests;

/// <summary>
/// A second process writes one number after another and prints each when it is acknowledged. It is killed in the middle, with no
/// warning; then the store must open, and hold the last number that was printed, or one that was on its way.
/// Real time: processes are started and killed.
/// </summary>
public sealed class KillTests
{
    private const string FolderVariable = "ASYNCTOUR_TEST_WRITER";
    private static readonly GrainId _grain = GrainId.Create("writer", "1");

    [Fact]
    public async Task Acknowledged_writes_survive_the_writers_death_at_any_moment()
    {
        var kills = int.Parse(Environment.GetEnvironmentVariable("ASYNCTOUR_TEST_KILLS") ?? "5", CultureInfo.InvariantCulture);
        var random = new Random(20261122);
        var folder = Directory.CreateTempSubdirectory("asynctour-kill").FullName;
        var last = 0;
        for (var kill = 0; kill < kills; kill++)
        {
            var acknowledged = Math.Max(last, await WriteAndKillAsync(folder, last + random.Next(1, 200)));
            last = await ReadAsync(folder);
            last.ShouldBeInRange(acknowledged, acknowledged + 1, $"kill {kill}");
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>
    /// Turns this very program into the writer when it is started as one. Until it returns, which it does not, no other thread may use
    /// a type of this assembly: so what it writes is a list.
    /// </summary>
    [ModuleInitializer]
    internal static void BecomeWriterWhenAsked()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { } folder)
            WriteForever(folder);
    }

    private static void WriteForever(string folder)
    {
        using var store = new SqliteStorage(Path.Combine(folder, "store.db"));
        var state = new GrainState<List<int>>();
        store.ReadStateAsync("last", _grain, state).GetAwaiter().GetResult();
        for (var next = state.State.FirstOrDefault() + 1; ; next++)
        {
            state.State = [next];
            store.WriteStateAsync("last", _grain, state).GetAwaiter().GetResult();
            Console.WriteLine(next);
        }
    }

    private static async Task<int> WriteAndKillAsync(string folder, int until)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment[FolderVariable] = folder;
        using var writer = Process.Start(start)!;
        var acknowledged = 0;
        while (acknowledged < until && await writer.StandardOutput.ReadLineAsync() is { } line)
            acknowledged = int.Parse(line, CultureInfo.InvariantCulture);
        writer.Kill();
        while (await writer.StandardOutput.ReadLineAsync() is { Length: > 0 } line)
            acknowledged = int.TryParse(line, CultureInfo.InvariantCulture, out var number) && number > acknowledged ? number : acknowledged;
        await writer.WaitForExitAsync();
        return acknowledged;
    }

    private static async Task<int> ReadAsync(string folder)
    {
        using var store = new SqliteStorage(Path.Combine(folder, "store.db"));
        var state = new GrainState<List<int>>();
        await store.ReadStateAsync("last", _grain, state);
        return state.State.FirstOrDefault();
    }
}
