using AsyncTour.Grains.Bench;

// Every row is measured in this one process, one after the other; a claim is a ratio of two of its rows.
// asynctour-bench [traces|prediction] [--output FILE] writes the report; without a file it goes to standard output. A word
// measures what recording costs, or how well a replay foretells, and nothing else.
var report = new Report();
var only = args.FirstOrDefault(static word => word is "traces" or "prediction");
if (only is null)
{
    await using var silo = await BenchSilo.StartAsync(traces: null);
    await SleepRows.MeasureAsync(silo, report);
    await NoOpRows.MeasureAsync(silo, report);
    await StreamRows.MeasureAsync(silo, report);
}

if (only is null or "traces")
{
    await TraceRows.MeasureAsync(report);
}

if (only is null or "prediction")
{
    await PredictionRows.MeasureAsync(report);
}

var text = report.ToMarkdown();
if (args is [.., "--output", var path])
{
    File.WriteAllText(path, text);
}

Console.WriteLine(text);
