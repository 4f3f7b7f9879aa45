using AsyncTour.Grains.Runs.Journal;
using Orleans.Hosting;

namespace AsyncTour.Silo;

/// <summary>Where grains keep what they keep.</summary>
internal static class Storage
{
    public static void Configure(ISiloBuilder silo, SiloSettings settings) => silo.AddMemoryGrainStorage(RunStorage.Name);
}
