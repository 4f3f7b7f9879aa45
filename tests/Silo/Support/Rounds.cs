using System.Globalization;

namespace AsyncTour.Silo.Tests.Support;

/// <summary>How often a silo is killed: a few times in CI, as often as ASYNCTOUR_KILLS says when somebody wants to know.</summary>
internal static class Rounds
{
    public static int Kills { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("ASYNCTOUR_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) ? rounds : 2;

    /// <summary>How long Redis is away: seconds in CI, as long as ASYNCTOUR_OUTAGE_SECONDS says when somebody wants to know.</summary>
    public static TimeSpan Outage { get; } = TimeSpan.FromSeconds(
        int.TryParse(Environment.GetEnvironmentVariable("ASYNCTOUR_OUTAGE_SECONDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 3);

    /// <summary>Some things take minutes to show: only where somebody has them.</summary>
    public static void NeedMinutes(string why) =>
        Assert.SkipUnless(Environment.GetEnvironmentVariable("ASYNCTOUR_MINUTES") is "1", $"{why}: set ASYNCTOUR_MINUTES=1 to wait for it.");

    /// <summary>What survives a killed silo is in a folder, which the Simulator alone keeps; Orleans keeps it in Redis.</summary>
    public static void NeedAFolder() =>
        Assert.SkipUnless(Engine.Name == "simulator", "Orleans keeps state in Redis, which a test cannot start for itself.");
}
