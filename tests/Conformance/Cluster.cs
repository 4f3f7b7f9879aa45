using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;

[assembly: AssemblyFixture(typeof(AsyncTour.Conformance.Tests.HonestCluster))]
[assembly: AssemblyFixture(typeof(AsyncTour.Conformance.Tests.DefaultCluster))]

namespace AsyncTour.Conformance.Tests;

/// <summary>One silo in this process, by whichever engine the build chose.</summary>
public abstract partial class Cluster : IAsyncLifetime
{
    private IHost? _host;

    public IServiceProvider Services => _host!.Services;

    public IGrainFactory Grains => Services.GetRequiredService<IClusterClient>();

    public async ValueTask InitializeAsync()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo =>
        {
            UseFreePorts(silo);
            silo.AddMemoryGrainStorage("store").AddActivityPropagation();
            silo.Configure<GrainCollectionOptions>(options =>
            {
                options.CollectionQuantum = TimeSpan.FromMilliseconds(100);
                options.CollectionAge = TimeSpan.FromMinutes(1);
                options.ActivationTimeout = TimeSpan.FromMilliseconds(500);
            });
            Configure(silo);
        });
        _host = builder.Build();
        await _host.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _host!.StopAsync(CancellationToken.None);
        _host.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract void Configure(ISiloBuilder silo);
}

/// <summary>As the hosts of this repository set it up: callers that are cancelled wait for the callee, and late callees are told to stop.</summary>
public sealed class HonestCluster : Cluster
{
    protected override void Configure(ISiloBuilder silo)
    {
        silo.Configure<SiloMessagingOptions>(options =>
        {
            options.CancelRequestOnTimeout = true;
            options.WaitForCancellationAcknowledgement = true;
        });
        silo.AddIncomingGrainCallFilter(new Filters.Outer());
        silo.AddIncomingGrainCallFilter(new Filters.Inner());
        silo.AddOutgoingGrainCallFilter(new Filters.Outgoing());
    }
}

/// <summary>With the engine's own defaults.</summary>
public sealed class DefaultCluster : Cluster
{
    protected override void Configure(ISiloBuilder silo)
    {
    }
}
