using AsyncTour.Grains.Runs;

namespace AsyncTour.Grains.Bench;

/// <summary>The notebook's own measure: ten jobs of 50 ms, warm, wall over the nominal ideal. The median of eleven runs.</summary>
internal static class SleepRows
{
    private const int Runs = 11;
    private const int Jobs = 10;
    private const double JobMilliseconds = 50;

    public static async Task MeasureAsync(BenchSilo silo, Report report)
    {
        report.Section("Ten jobs of 50 ms, warm", "strategy", "wall, median", "wall / nominal ideal", "wall / measured ideal", "notebook");
        await Row(silo, report, "wait-all", null, 1, "-");
        await Row(silo, report, "pool", 10, 1, "1.15 (threads), 1.21 (executor)");
        await Row(silo, report, "pool", 3, 4, "-");
        await Row(silo, report, "first-completed", 3, 4, "-");
    }

    private static async Task Row(BenchSilo silo, Report report, string strategy, int? workers, int rounds, string notebook)
    {
        var spec = new RunSpec { Strategy = strategy, MaxWorkers = workers, WarmWorkers = workers ?? Jobs };
        var runs = new List<RunStatus>();
        for (var i = 0; i < Runs; i++)
        {
            runs.Add(await silo.RunAsync(spec, BenchSilo.Sleeps(Jobs, "50ms")));
        }

        var median = runs.OrderBy(run => run.Wall).ElementAt(Runs / 2);
        report.Row(
            workers is null ? strategy : $"{strategy}({workers})",
            Report.Number(median.Wall.TotalMilliseconds, "N2") + " ms",
            Report.Number(median.Wall.TotalMilliseconds / (rounds * JobMilliseconds), "N3"),
            Report.Number(1 / median.Efficiency, "N3"),
            notebook);
    }
}
