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
    private const int Rounds = 3;
    private static readonly int[] Workers = [1, 2, 4, 8];

    public static async Task MeasureAsync(Report report)
    {
        var folder = Directory.CreateTempSubdirectory("asynctour-bench");
        try
        {
            var runs = await RunAllAsync(folder.FullName);
            report.Section(
                $"{Jobs} sleeps of 5 to 50 ms, `trace replay` against `run pool`, {Rounds} rounds, medians",
                ["workers", "wall, measured", .. Workers.Select(from => $"foretold from {from}, off by (worst)")]);
            foreach (var workers in Workers)
            {
                report.Row(
                [
                    Report.Number(workers),
                    Report.Number(Median(runs[workers].Select(static r => r.Wall.TotalMilliseconds)), "N1") + " ms",
                    .. Workers.Select(from => OffBy(runs[from], runs[workers], workers)),
                ]);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Dictionary<int, List<RunTimeline>>> RunAllAsync(string folder)
    {
        await using var silo = await BenchSilo.StartAsync(traces: null);
        using var recorder = TraceRecorder.Start(new TraceRecorderOptions { Folder = folder });
        var runs = Workers.ToDictionary(static workers => workers, static _ => new List<RunTimeline>());
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var workers in Workers)
            {
                await silo.RunAsync(new RunSpec { Strategy = "pool", MaxWorkers = workers, WarmWorkers = workers }, Sleeps());
                recorder.ForceFlush();
                runs[workers].Add(RunTimeline.Of(new TraceFolder(folder).Find("last")));
            }
        }

        return runs;
    }

    private static string OffBy(List<RunTimeline> from, List<RunTimeline> measured, int workers)
    {
        var off = from
            .Zip(measured, (recorded, real) => (Replay.Of(recorded, new ReplayOptions { MaxWorkers = workers }).Wall / real.Wall) - 1)
            .ToList();
        var worst = off.MaxBy(Math.Abs);
        return string.Create(CultureInfo.InvariantCulture, $"{Median(off):+0.0 %;-0.0 %;0.0 %} ({worst:+0.0 %;-0.0 %;0.0 %})");
    }

    private static IAsyncEnumerable<Job> Sleeps()
    {
        var random = new Random(42);
        return Enumerable.Range(0, Jobs)
            .Select(i => new Job(i, "sleep", string.Create(CultureInfo.InvariantCulture, $"{5 + (random.NextDouble() * 45):0.000}ms"), "k"))
            .ToAsyncEnumerable();
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
