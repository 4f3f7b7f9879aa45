using AsyncTour.Grains.Promises;
using AsyncTour.Grains.Runs.Journal;

namespace AsyncTour.Silo;

/// <summary>The storage providers that the grains ask for by name.</summary>
internal static class StorageNames
{
    public static IReadOnlyList<string> All { get; } = [RunStorage.Name, PromiseLimits.Storage];
}
