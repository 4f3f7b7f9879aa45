using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Promises;
using AsyncTour.Grains.Runs;
using AsyncTour.Grains.Tests;
using AsyncTour.Silo;
using AsyncTour.Tracing.Recording;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

[assembly: AssemblyFixture(typeof(SiloFixture))]

namespace AsyncTour.Grains.Tests;

/// <summary>One embedded silo for all tests, on whichever engine the build chose.</summary>
public sealed class SiloFixture : IAsyncLifetime
{
    private readonly IHost _host;
    private int _runs;

    public SiloFixture()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddAsyncTourSilo(new SiloSettings { IsEmbedded = true, Traces = new TraceRecorderOptions { Exporter = TraceExporter.None } });
        builder.Services.AddSingleton<Gates>();
        builder.Services.AddJobHandler<GatedJob>("gated");
        builder.Services.AddJobHandler<StubbornJob>("stubborn");
        builder.Services.AddJobHandler<FlakyJob>("flaky");
        _host = builder.Build();
    }

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public Gates Gates => _host.Services.GetRequiredService<Gates>();

    public RunClient Runs => new(Grains);

    public PromiseClient Promises => new(Grains, new PromiseClientOptions { Name = "tests" });

    public string NewRunId() => $"run-{Interlocked.Increment(ref _runs)}";

    public async ValueTask InitializeAsync() => await _host.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
