namespace AsyncTour.Grains.Bench;

/// <summary>What recording costs: the same run with traces going to files.</summary>
internal static class TraceRows
{
    public static async Task MeasureAsync(Report report)
    {
        const int jobs = 100_000;
        var folder = Directory.CreateTempSubdirectory("asynctour-bench");
        try
        {
            var off = await BestAsync(null, jobs);
            var on = await BestAsync(folder.FullName, jobs);
            report.Section($"{Report.Number(jobs)} jobs that do nothing, 64 workers", "traces", "jobs/s, best of three", "time, ratio");
            report.Row("off", Report.Number(off), "1");
            report.Row("on, to files: run, job and both call spans", Report.Number(on), Report.Number(off / on, "N2"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<double> BestAsync(string? traces, int jobs)
    {
        await using var silo = await BenchSilo.StartAsync(traces);
        await NoOpRows.RunAsync(silo, jobs / 10);
        var best = 0.0;
        for (var i = 0; i < 3; i++)
        {
            best = Math.Max(best, await NoOpRows.RunAsync(silo, jobs));
        }

        return best;
    }
}
