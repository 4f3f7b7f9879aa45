using System.Globalization;
using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;
using AsyncTour.Tracing.Analysis;
using AsyncTour.Tracing.Reading;
using AsyncTour.Tracing.Recording;

namespace AsyncTour.Grains.Bench;

/// <summary>
/// How well a replay foretells: the same jobs run with one, two, four and eight workers, and each run's trace is asked what
/// the others took.
/// </summary>
internal static class PredictionRows
{
    private const int Jobs = 200;
    private const int Rounds = 5;
    private static readonly int[] Workers = [1, 2, 4, 8];

    public static async Task MeasureAsync(Report report)
    {
        var folder = Directory.CreateTempSubdirectory("asynctour-bench");
        try
        {
            var runs = await RunAllAsync(folder.FullName);
            report.Section(
                $"{Jobs} sleeps of 5 to 50 ms, `trace replay` against `run pool`, the least disturbed of {Rounds} runs of each",
                ["workers", "wall, measured", "efficiency", .. Workers.Select(from => $"foretold from {from}")]);
            foreach (var workers in Workers)
            {
                var real = runs[workers];
                report.Row(
                [
                    Report.Number(workers),
                    Report.Number(real.Wall.TotalMilliseconds, "N1") + " ms",
                    Report.Number(real.Efficiency, "N3"),
                    .. Workers.Select(from => Foretold(runs[from], real, workers)),
                ]);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Whatever else the machine does makes a run longer, never shorter.
    private static async Task<Dictionary<int, RunTimeline>> RunAllAsync(string folder)
    {
        await using var silo = await BenchSilo.StartAsync(traces: null);
        using var recorder = TraceRecorder.Start(new TraceRecorderOptions { Folder = folder });
        var runs = new Dictionary<int, RunTimeline>();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var workers in Workers)
            {
                await silo.RunAsync(new RunSpec { Strategy = "pool", MaxWorkers = workers, WarmWorkers = workers }, Sleeps());
                recorder.ForceFlush();
                var run = RunTimeline.Of(new TraceFolder(folder).Find("last"));
                if (!runs.TryGetValue(workers, out var best) || run.Wall < best.Wall)
                {
                    runs[workers] = run;
                }
            }
        }

        return runs;
    }

    private static string Foretold(RunTimeline recorded, RunTimeline real, int workers)
    {
        var wall = Replay.Of(recorded, new ReplayOptions { MaxWorkers = workers }).Wall;
        return string.Create(CultureInfo.InvariantCulture, $"{wall.TotalMilliseconds:N1} ms, {(wall / real.Wall) - 1:+0.0 %;-0.0 %;0.0 %}");
    }

    private static IAsyncEnumerable<Job> Sleeps()
    {
        var random = new Random(42);
        return Enumerable.Range(0, Jobs)
            .Select(i => new Job(i, "sleep", string.Create(CultureInfo.InvariantCulture, $"{5 + (random.NextDouble() * 45):0.000}ms"), "k"))
            .ToAsyncEnumerable();
    }
}
