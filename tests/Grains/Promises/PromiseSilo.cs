using AsyncTour.Grains.Promises;
using AsyncTour.Silo;
using AsyncTour.Tracing.Recording;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Storage;

namespace AsyncTour.Grains.Tests.Promises;

/// <summary>A silo over a disk of the test's own and a calendar that the test turns.</summary>
public sealed class PromiseSilo : IAsyncDisposable
{
    private readonly IHost _host;

    private PromiseSilo(IHost host) => _host = host;

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public PromiseClient Promises => new(Grains, new PromiseClientOptions { Name = "tests" });

    public static async Task<PromiseSilo> StartAsync(TestStorage storage, TimeProvider time)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.AddAsyncTourSilo(new SiloSettings { IsEmbedded = true, Traces = new TraceRecorderOptions { Exporter = TraceExporter.None } });
        builder.Services.AddSingleton(time);
        builder.Services.AddKeyedSingleton<IGrainStorage>(PromiseLimits.Storage, storage);
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new PromiseSilo(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}

/// <summary>The machine's clock, with a calendar that can be turned ahead. Timers keep to the machine's pace.</summary>
public sealed class Calendar : TimeProvider
{
    private TimeSpan _ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _ahead;

    public void Turn(TimeSpan time) => _ahead += time;
}
