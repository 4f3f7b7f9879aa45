using System.Diagnostics;
using AsyncTour.Tracing.Recording;

namespace AsyncTour.Grains.Bench;

/// <summary>
/// What recording costs: the same run with and without traces going to files, turn about in one silo, so that whatever else
/// the machine does falls on both. Time on is until the last span is in its file.
/// </summary>
internal static class TraceRows
{
    private const int Rounds = 11;
    private const int Jobs = 100_000;

    public static async Task MeasureAsync(Report report)
    {
        var folder = Directory.CreateTempSubdirectory("asynctour-bench");
        try
        {
            await using var silo = await BenchSilo.StartAsync(traces: null);
            var off = new List<Cost>();
            var on = new List<Cost>();
            for (var i = -2; i < Rounds; i++)
            {
                var without = await OnceAsync(silo, null);
                var with = await OnceAsync(silo, folder.CreateSubdirectory("round").FullName);
                Directory.Delete(Path.Combine(folder.FullName, "round"), recursive: true);
                if (i >= 0)
                {
                    off.Add(without);
                    on.Add(with);
                }
            }

            report.Section(
                $"{Report.Number(Jobs)} jobs that do nothing, 64 workers, {Rounds} rounds turn about, medians",
                "traces", "jobs/s", "time, ratio", "processor time of a job", "ratio", "allocated for a job");
            Row(report, "off", off, off);
            Row(report, "on, to files: run, job and both call spans", on, off);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Row(Report report, string name, List<Cost> costs, List<Cost> beside)
    {
        var (wall, processor) = (Median(costs, static c => c.Wall), Median(costs, static c => c.Processor));
        report.Row(
            name,
            Report.Number(Jobs / wall),
            Report.Number(wall / Median(beside, static c => c.Wall), "N2"),
            Report.Number(processor / Jobs * 1e6, "N2") + " µs",
            Report.Number(processor / Median(beside, static c => c.Processor), "N2"),
            Report.Number(Median(costs, static c => c.Bytes) / Jobs) + " B");
    }

    private static async Task<Cost> OnceAsync(BenchSilo silo, string? folder)
    {
        using var recorder = folder is null ? null : TraceRecorder.Start(new TraceRecorderOptions { Folder = folder });
        GC.Collect();
        var bytes = GC.GetTotalAllocatedBytes();
        var processor = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        await NoOpRows.RunAsync(silo, Jobs);
        recorder?.ForceFlush();
        var cost = new Cost(
            clock.Elapsed.TotalSeconds,
            (Environment.CpuUsage.TotalTime - processor).TotalSeconds,
            GC.GetTotalAllocatedBytes() - bytes);
        return recorder?.Statistics.Lost > 0 ? throw new InvalidOperationException($"Spans were lost: {recorder.Fault}") : cost;
    }

    private static double Median(List<Cost> costs, Func<Cost, double> of) => costs.Select(of).Order().ElementAt(costs.Count / 2);

    private sealed record Cost(double Wall, double Processor, double Bytes);
}
