using System.Diagnostics;
using AsyncTour.Grains.Runs;

namespace AsyncTour.Grains.Bench;

/// <summary>A long input, streamed in and read out: does memory go with the number of jobs?</summary>
internal static class StreamRows
{
    public static async Task MeasureAsync(BenchSilo silo, Report report)
    {
        report.Section("Streamed jobs, 64 workers: resident memory after the run", "jobs", "resident", "managed, after a collection");
        foreach (var jobs in new[] { 10_000, 100_000, 1_000_000 })
        {
            await silo.RunAsync(new RunSpec { Strategy = "pool", MaxWorkers = 64 }, BenchSilo.Sleeps(jobs, "0s"));
            var managed = GC.GetTotalMemory(forceFullCollection: true);
            using var process = Process.GetCurrentProcess();
            report.Row(Report.Number(jobs), Report.Number(process.WorkingSet64 / 1048576.0) + " MiB", Report.Number(managed / 1048576.0) + " MiB");
        }
    }
}
