using System.Globalization;
using System.Text;
using AsyncTour.Promises.Bench;
using AsyncTour.Silo;
using AsyncTour.Tracing.Recording;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

// Client and silo share one process, so a row shows what the promise costs and no network.
// asynctour-promises-bench [--output FILE] writes the report; without it the report goes to standard output.
var builder = Host.CreateApplicationBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Error);
builder.AddAsyncTourSilo(new SiloSettings { IsEmbedded = true, Traces = new TraceRecorderOptions { Exporter = TraceExporter.None } });
using var host = builder.Build();
await host.StartAsync();
var grains = host.Services.GetRequiredService<IGrainFactory>();

var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"""
    # Promises, engine {Engine.Name}

    Measured with `dotnet run -c Release --project bench/Promises` on {Environment.ProcessorCount} cores, .NET {Environment.Version},
    client and silo in one process, storage in memory, traces off. Absolute numbers hold for the machine alone.


    """));
text.Append(await new WaiterRows(grains).MeasureAsync());
text.Append(await LifeRows.MeasureAsync(grains));
await host.StopAsync();
if (args is ["--output", var path])
{
    File.WriteAllText(path, text.ToString());
}

Console.WriteLine(text);
