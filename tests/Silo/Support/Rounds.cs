using System.Globalization;

namespace AsyncTour.Silo.Tests.Support;

/// <summary>How often a silo is killed: a few times in CI, as often as ASYNCTOUR_KILLS says when somebody wants to know.</summary>
internal static class Rounds
{
    public static int Kills { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("ASYNCTOUR_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) ? rounds : 2;

    /// <summary>What survives a killed silo is in a folder, which the Simulator alone keeps; Orleans keeps it in Redis.</summary>
    public static void NeedAFolder() =>
        Assert.SkipUnless(Engine.Name == "simulator", "Orleans keeps state in Redis, which a test cannot start for itself.");
}
