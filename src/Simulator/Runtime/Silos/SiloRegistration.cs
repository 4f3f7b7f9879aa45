using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>The services that make a host a silo.</summary>
internal static class SiloRegistration
{
    public static void Add(IServiceCollection services, IConfiguration configuration, Action<ISiloBuilder> configure)
    {
        services.AddLogging();
        services.AddOptions();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IRunQueue, ThreadPoolRunQueue>();
        services.TryAddSingleton(static provider => new Cluster(
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IRunQueue>(),
            new Random()));
        services.TryAddSingleton(static provider => new Silo(provider.GetRequiredService<Cluster>(), GrainCatalog.OfProcess, provider));
        services.TryAddSingleton<IGrainRuntime>(static provider => provider.GetRequiredService<Silo>());
        services.TryAddSingleton<ILocalSiloDetails>(static provider => provider.GetRequiredService<Silo>());
        services.TryAddSingleton<IClusterClient>(static provider => new EmbeddedClient(provider.GetRequiredService<Silo>()));
        services.TryAddSingleton<IGrainFactory>(static provider => provider.GetRequiredService<Silo>().GrainFactory);
        services.TryAddSingleton<IGrainContextAccessor, GrainContextAccessor>();
        services.AddHostedService<SiloHost>();
        services.AddHostedService<GatewayServer>();
        configure(new Builder(services, configuration));
    }

    private sealed class Builder(IServiceCollection services, IConfiguration configuration) : ISiloBuilder
    {
        public IServiceCollection Services { get; } = services;

        public IConfiguration Configuration { get; } = configuration;
    }

    private sealed class GrainContextAccessor : IGrainContextAccessor
    {
        public IGrainContext GrainContext => Activation.Current!;
    }
}
