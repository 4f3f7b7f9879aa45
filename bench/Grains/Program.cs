using AsyncTour.Grains.Bench;
using AsyncTour.Silo;

// Every row is measured in this one process, one after the other; a claim is a ratio of two of its rows.
// asynctour-bench [tracing] [--output FILE] writes the report; without a file it goes to standard output. The word measures
// tracing alone: what recording costs, and how well a replay foretells.
var tracingAlone = args.Contains("tracing");
var report = new Report($"""
    # Runs on grains, engine {Engine.Name}

    Measured with `dotnet run -c Release --project bench/Grains{(tracingAlone ? " -- tracing" : "")}` on {Environment.ProcessorCount} cores, .NET {Environment.Version}.
    Every ratio is between rows of this one run; absolute numbers hold for the machine alone.
    """);
if (!tracingAlone)
{
    await using var silo = await BenchSilo.StartAsync(traces: null);
    await SleepRows.MeasureAsync(silo, report);
    await NoOpRows.MeasureAsync(silo, report);
    await StreamRows.MeasureAsync(silo, report);
}

await TraceRows.MeasureAsync(report);
await PredictionRows.MeasureAsync(report);
var text = report.ToMarkdown();
if (args is [.., "--output", var path])
{
    File.WriteAllText(path, text);
}

Console.WriteLine(text);
