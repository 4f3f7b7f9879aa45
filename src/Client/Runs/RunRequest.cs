using AsyncTour.Client.Connections;
using AsyncTour.Client.Inputs;
using AsyncTour.Concurrency.Pools;
using AsyncTour.Grains;
using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;

namespace AsyncTour.Client.Runs;

/// <summary>One run as the command line asks for it.</summary>
/// <param name="Spec">How the run treats its jobs.</param>
/// <param name="Input">Where its jobs come from.</param>
/// <param name="IsWarm">Whether the path is warmed up first.</param>
internal sealed record RunRequest(RunSpec Spec, JobInput Input, bool IsWarm)
{
    // Waiting for more warm-up jobs than this would take longer than what it saves.
    private const int MostWarmWorkers = 1_000;

    /// <summary>The specification with its warm-up: one job for each worker that can be expected to work.</summary>
    public RunSpec WarmSpec => IsWarm ? Spec with { WarmWorkers = Math.Min(Workers, MostWarmWorkers) } : Spec;

    private int Workers
    {
        get
        {
            var most = Strategy.TryParse(Spec.Strategy, Spec.MaxWorkers, out var strategy, out _) ? strategy.MaxWorkers : null;
            return Math.Min(most ?? int.MaxValue, Input.Count ?? most ?? 0);
        }
    }

    /// <summary>
    /// Refuses, before a silo is started, what it would refuse. A silo elsewhere may know more kinds than this process, so
    /// an unknown one is left for it to judge.
    /// </summary>
    /// <exception cref="RefusedException">The kind is unknown or does not fit the strategy, or the input cannot be read.</exception>
    public async ValueTask PrepareAsync(SiloChoice choice, CancellationToken cancellationToken)
    {
        var known = Connector.BuiltInKinds();
        var isKnown = known.Names.Contains(Input.Kind, StringComparer.Ordinal);
        if (!isKnown && !choice.MayConnect)
        {
            throw new RefusedException($"there is no job kind '{Input.Kind}'{Commands.Parsing.Nearest.Hint(Input.Kind, known.Names)}: the kinds are {string.Join(", ", known.Names)}");
        }

        if (isKnown && Spec.Strategy == "executor" && !known.IsBlocking(Input.Kind))
        {
            throw new RefusedException(NotBlocking(Input.Kind, known));
        }

        await Input.PrepareAsync(known, cancellationToken);
    }

    /// <summary>Why jobs of this kind cannot run under <c>executor</c>.</summary>
    public static string NotBlocking(string kind, JobKinds known) =>
        $"executor gives each job a thread to block, and {kind} jobs await: use {string.Join(" or ", known.Names.Where(known.IsBlocking))}, or another strategy";
}
