using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace AsyncTour.Simulator.Faults;

/// <summary>Storage outlives silos: every silo of a simulation, and every life of it, has the same stores.</summary>
internal sealed class SharedStorage
{
    private readonly SortedDictionary<string, IGrainStorage> _stores = new(StringComparer.Ordinal);

    /// <summary>Puts the shared stores in the place of those that a silo would make for itself.</summary>
    public void ShareAll(IServiceCollection services)
    {
        for (var i = 0; i < services.Count; i++)
        {
            if (services[i] is { IsKeyedService: true, ServiceType: var type, ServiceKey: string name } own && type == typeof(IGrainStorage))
                services[i] = ServiceDescriptor.KeyedSingleton<IGrainStorage>(name, (provider, _) => StoreOf(name, own, provider));
        }
    }

    private IGrainStorage StoreOf(string name, ServiceDescriptor own, IServiceProvider provider)
    {
        if (!_stores.TryGetValue(name, out var store))
            _stores[name] = store = Make(own, provider, name);
        return store;
    }

    private static IGrainStorage Make(ServiceDescriptor own, IServiceProvider provider, string name) => (IGrainStorage)(
        own.KeyedImplementationInstance
        ?? own.KeyedImplementationFactory?.Invoke(provider, name)
        ?? ActivatorUtilities.CreateInstance(provider, own.KeyedImplementationType!));
}
