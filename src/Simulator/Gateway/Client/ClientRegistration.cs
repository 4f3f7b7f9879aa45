using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans;
using Orleans.Hosting;

namespace AsyncTour.Simulator.Runtime;

/// <summary>The services that make a host a client.</summary>
internal static class ClientRegistration
{
    public static void Add(IServiceCollection services, IConfiguration configuration, Action<IClientBuilder> configure)
    {
        services.AddLogging();
        services.AddOptions();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<GatewayLink>();
        services.TryAddSingleton<GatewayClient>();
        services.TryAddSingleton<IClusterClient>(static provider => provider.GetRequiredService<GatewayClient>());
        services.TryAddSingleton<IGrainFactory>(static provider => provider.GetRequiredService<GatewayClient>());
        services.AddHostedService(static provider => provider.GetRequiredService<GatewayLink>());
        configure(new Builder(services, configuration));
    }

    private sealed class Builder(IServiceCollection services, IConfiguration configuration) : IClientBuilder
    {
        public IServiceCollection Services { get; } = services;

        public IConfiguration Configuration { get; } = configuration;
    }
}
