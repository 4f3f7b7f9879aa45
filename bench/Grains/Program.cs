using AsyncTour.Grains.Bench;

// Every row is measured in this one process, one after the other; a claim is a ratio of two of its rows.
// asynctour-bench [traces] [--output FILE] writes the report; without a file it goes to standard output. The word measures
// what recording costs, and nothing else.
var report = new Report();
if (!args.Contains("traces"))
{
    await using var silo = await BenchSilo.StartAsync(traces: null);
    await SleepRows.MeasureAsync(silo, report);
    await NoOpRows.MeasureAsync(silo, report);
    await StreamRows.MeasureAsync(silo, report);
}

await TraceRows.MeasureAsync(report);
var text = report.ToMarkdown();
if (args is [.., "--output", var path])
{
    File.WriteAllText(path, text);
}

Console.WriteLine(text);
