namespace AsyncTour.Silo;

/// <summary>Which engine runs the grains.</summary>
public static class Engine
{
    /// <summary>The engine's name.</summary>
    public static string Name => "simulator";
}
