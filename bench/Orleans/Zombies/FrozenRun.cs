using AsyncTour.Orleans.Bench.Kills;

namespace AsyncTour.Orleans.Bench.Zombies;

/// <summary>A run in which a silo was frozen and continued.</summary>
/// <param name="Run">What the run's reader was given.</param>
/// <param name="DeadAfter">From the freezing to the moment when the others no longer counted the silo; <c>null</c>: they never did.</param>
/// <param name="FrozenFor">From the freezing to the continuing.</param>
/// <param name="LeftAfter">From the continuing to the end of its process; <c>null</c>: it went on.</param>
/// <param name="ExitCode">What its process answered.</param>
/// <param name="Words">What it said when it left, the line that tells why.</param>
internal sealed record FrozenRun(KilledRun Run, TimeSpan? DeadAfter, TimeSpan FrozenFor, TimeSpan? LeftAfter, int? ExitCode, string Words)
{
    /// <summary>Whether every outcome came once, and a silo that was taken for dead has left.</summary>
    public bool IsWhole => Run.IsWhole && DeadAfter is null == LeftAfter is null;
}
