using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;
using AsyncTour.Silo;
using AsyncTour.Tracing.Recording;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace AsyncTour.Simulation.Bench;

/// <summary>
/// The same seed, run for real by the console and simulated by it. What the simulation is told of this machine, how long a
/// message travels, how long it keeps a grain busy and how late a timer rings, is measured here first.
/// </summary>
internal static class Prediction
{
    private const int Calls = 20_000;
    private const int Lanes = 64;
    private const int Timers = 100;

    private static readonly (string Strategy, int Workers, int Jobs, string Duration, int Seed)[] Runs =
    [
        ("pool", 20, 200, "0..500ms", 1),
        ("pool", 20, 200, "0..500ms", 2),
        ("pool", 20, 200, "0..500ms", 42),
        ("pool", 4, 400, "1ms..20ms", 7),
        ("pool", 64, 20_000, "1ms..10ms", 3),
        ("first-completed", 7, 100, "exp:100ms", 5),
        ("wait-all", 100, 100, "0..1s", 9),
    ];

    public static async Task MeasureAsync()
    {
        var lateness = await MeasureTimersAsync();
        var (latency, turnCost) = await MeasureMachineAsync();
        Console.WriteLine($"Measured on this machine: a message travels {latency} and keeps its grain busy for {turnCost}; a timer rings {lateness} late.");
        Console.WriteLine();
        Console.WriteLine("| jobs | seed | real wall | simulated | off by |");
        Console.WriteLine("|---|---:|---:|---:|---:|");
        foreach (var (strategy, workers, jobs, duration, seed) in Runs)
        {
            string[] limits = strategy == "wait-all" ? [] : ["--max-workers", Text(workers)];
            string[] same = ["--jobs", Text(jobs), "--duration", duration, "--seed", Text(seed), "--traces", "none", "--json", .. limits];
            var real = Wall(await ConsoleAsync(["run", strategy, "--embedded", .. same]), "wallSeconds");
            var simulated = Wall(await ConsoleAsync(["simulate", "--strategy", strategy, "--silos", "1", "--latency", latency, "--turn-cost", turnCost, "--timer-lateness", lateness, .. same]), "virtualWallSeconds");
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {strategy}({workers}), {jobs:N0} × {duration} | {seed} | {real:0.000} s | {simulated:0.000} s | {Math.Abs(simulated - real) / real:0.0 %} |"));
        }
    }

    // As many at once as workers of the runs below, because timers that are due together ring one after the other.
    private static async Task<string> MeasureTimersAsync()
    {
        var late = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => LateAsync()));
        return Microseconds(TimeSpan.FromMicroseconds(late.Average(static one => one.TotalMicroseconds)));
    }

    private static async Task<TimeSpan> LateAsync()
    {
        var random = new Random(1);
        var late = TimeSpan.Zero;
        for (var i = 0; i < Timers; i++)
        {
            var asked = TimeSpan.FromMilliseconds(1 + random.Next(10));
            var clock = Stopwatch.StartNew();
            await Task.Delay(asked, TimeProvider.System);
            late += clock.Elapsed - asked;
        }

        return late / Timers;
    }

    // One call at a time is two messages there and back; as many calls as the machine takes at once tell what a message costs.
    private static async Task<(string Latency, string TurnCost)> MeasureMachineAsync()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.AddAsyncTourSilo(new SiloSettings { IsEmbedded = true, Traces = new TraceRecorderOptions { Exporter = TraceExporter.None } });
        using var host = builder.Build();
        await host.StartAsync();
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        await CallAsync(grains, 0);
        var alone = await CallAsync(grains, 1);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => Task.Run(() => CallAsync(grains, lane))));
        var cost = clock.Elapsed / (2.0 * Lanes * Calls);
        await host.StopAsync();
        return (Microseconds(alone / 2), Microseconds(cost));
    }

    private static async Task<TimeSpan> CallAsync(IGrainFactory grains, int lane)
    {
        var worker = grains.GetGrain<IWorkerGrain>($"prediction/{lane}");
        var times = new long[Calls];
        for (var i = 0; i < Calls; i++)
        {
            var before = Stopwatch.GetTimestamp();
            await worker.Run(new JobAttempt(new Job(i, "sleep", "0s", "k"), lane, 1, null, false), CancellationToken.None);
            times[i] = Stopwatch.GetTimestamp() - before;
        }

        Array.Sort(times);
        return Stopwatch.GetElapsedTime(0, times[Calls / 2]);
    }

    private static async Task<JsonElement> ConsoleAsync(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "asynctour.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
        };
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? JsonDocument.Parse(said).RootElement
            : throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }

    private static double Wall(JsonElement answer, string name) => answer.GetProperty(name).GetDouble();

    private static string Microseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, Math.Round(time.TotalMicroseconds)):0}us");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
