using AsyncTour.Grains;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Serialization;
using Orleans.Storage;
using StackExchange.Redis;

namespace AsyncTour.Silo;

/// <summary>Where grains keep their state on Orleans: in the memory of the silos, or in the cluster's Redis.</summary>
internal static class Storage
{
    /// <exception cref="RefusedException">A folder was named, which only the Simulator keeps state in.</exception>
    public static void Configure(ISiloBuilder silo, SiloSettings settings)
    {
        if (settings.StorageFolder is not null)
        {
            throw new RefusedException("--storage is the Simulator's; on Orleans state is kept in Redis, with --cluster redis");
        }

        foreach (var name in StorageNames.All)
        {
            if (settings.Cluster == ClusterKind.Redis)
            {
                KeepInRedis(silo, name, settings);
            }
            else
            {
                silo.AddMemoryGrainStorage(name);
            }
        }
    }

    private static void KeepInRedis(ISiloBuilder silo, string name, SiloSettings settings)
    {
        var inner = name + " in Redis";
        silo.AddRedisGrainStorage(inner, storage => storage.Configure<Serializer>((options, serializer) =>
        {
            options.ConfigurationOptions = ConfigurationOptions.Parse(settings.Redis);

            // The same rules for state as for calls: numbered members, which later versions may add to.
            options.GrainStorageSerializer = new OrleansGrainStorageSerializer(serializer);
        }));
        silo.Services.AddKeyedSingleton<IGrainStorage>(name, (services, _) =>
            new TellingStorage(services.GetRequiredKeyedService<IGrainStorage>(inner), RedisServers.Names(settings.Redis)));
    }
}
