using AsyncTour.Simulator;
using Orleans.Hosting;

namespace AsyncTour.Silo;

/// <summary>Where grains keep their state on the Simulator: in memory, or in a folder that outlives the silo.</summary>
internal static class Storage
{
    public static void Configure(ISiloBuilder silo, SiloSettings settings)
    {
        foreach (var name in StorageNames.All)
        {
            if (settings.StorageFolder is { } folder)
            {
                silo.AddSqliteGrainStorage(name, folder);
            }
            else
            {
                silo.AddMemoryGrainStorage(name);
            }
        }
    }
}
