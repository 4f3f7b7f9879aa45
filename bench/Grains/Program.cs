using AsyncTour.Grains.Bench;

// Every row is measured in this one process, one after the other; a claim is a ratio of two of its rows.
// asynctour-bench [--output FILE] writes the report; without it the report goes to standard output.
var report = new Report();
await using (var silo = await BenchSilo.StartAsync(traces: null))
{
    await SleepRows.MeasureAsync(silo, report);
    await NoOpRows.MeasureAsync(silo, report);
    await StreamRows.MeasureAsync(silo, report);
}

await TraceRows.MeasureAsync(report);
var text = report.ToMarkdown();
if (args is ["--output", var path])
{
    File.WriteAllText(path, text);
}

Console.WriteLine(text);
