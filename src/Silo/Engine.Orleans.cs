using System.Reflection;
using Orleans;

namespace AsyncTour.Silo;

/// <summary>Which engine runs the grains.</summary>
public static class Engine
{
    /// <summary>The engine's name and version.</summary>
    public static string Name { get; } = "orleans " + Version();

    private static string Version() =>
        typeof(Grain).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0].Split('.') is [var major, var minor, var patch, ..]
            ? $"{major}.{minor}.{patch}"
            : "of unknown version";
}
