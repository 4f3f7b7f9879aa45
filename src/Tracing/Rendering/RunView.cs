using System.Globalization;
using AsyncTour.Tracing.Analysis;

namespace AsyncTour.Tracing.Rendering;

/// <summary>
/// Everything the terminal shows of one run: the waterfall, the concurrency profile, where the idle time went, how run and
/// queue times are spread, and the critical path.
/// </summary>
public static class RunView
{
    private const int BarWidth = 24;
    private const int MostStepsShown = 12;

    public static IReadOnlyList<string> Lines(RunTimeline run, WaterfallOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        options ??= new WaterfallOptions();
        var lines = new List<string>(Waterfall.Lines(run, options));
        if (ConcurrencyProfile.Lines(run, options) is { Count: > 0 } profile)
        {
            lines.Add("");
            lines.AddRange(profile);
        }

        var rest = new List<StyledLine> { new() };
        if (run.Jobs.Count > 0)
        {
            rest.Add(Spread("run time", Percentiles.Of(run.Jobs.Select(static j => j.Duration))));
            rest.Add(Spread("queue time", Percentiles.Of(run.Jobs.Select(static j => j.Queued))));
            rest.Add(Path(CriticalPath.Of(run)));
            rest.AddRange(Idle(run));
            rest.AddRange(Silos(run));
        }

        lines.AddRange(rest.Select(l => l.ToString(options.Colour)));
        return lines;
    }

    public static string Text(RunTimeline run, WaterfallOptions? options = null) =>
        string.Concat(Lines(run, options).Select(static l => l + "\n"));

    private static StyledLine Spread(string name, Percentiles times) => Named(name)
        .Add("p50 ", Palette.Quiet).Add(Units.Duration(times.P50))
        .Add(" · p90 ", Palette.Quiet).Add(Units.Duration(times.P90))
        .Add(" · p99 ", Palette.Quiet).Add(Units.Duration(times.P99))
        .Add(" · max ", Palette.Quiet).Add(Units.Duration(times.Max));

    private static StyledLine Path(CriticalPath path)
    {
        var indices = path.Steps.Select(static s => s.Job.Index.ToString(CultureInfo.InvariantCulture)).ToList();
        if (indices.Count > MostStepsShown)
            indices = [.. indices.Take(MostStepsShown / 2), $"… {indices.Count - MostStepsShown} more …", .. indices.TakeLast(MostStepsShown / 2)];
        return Named("critical path")
            .Add(Units.Count(path.Steps.Count, "job", "jobs") + ", ")
            .Add($"{Units.Duration(path.Busy)} of {Units.Duration(path.Wall)}: ", Palette.Quiet)
            .Add(string.Join(" → ", indices));
    }

    private static IEnumerable<StyledLine> Idle(RunTimeline run)
    {
        var idle = IdleSummary.Of(IdleGaps.Of(run));
        var whole = idle.Total + new TimeSpan(run.Workers.Sum(static w => w.Busy.Ticks));
        yield return Named("idle").Add($"{Units.Duration(idle.Total)} of {Units.Duration(whole)} of worker time ({Share(idle.Total, whole)})");
        foreach (var (cause, time) in idle.ByCause)
        {
            var bar = new string('▇', Math.Max(1, (int)Math.Round(BarWidth * (time / idle.Total))));
            yield return Named("")
                .Add(Name(cause).PadRight(20))
                .Add(Units.Duration(time).PadLeft(9) + "  ")
                .Add(bar, "#e0a33e")
                .Add(" " + Share(time, idle.Total), Palette.Quiet);
        }
    }

    /// <summary>One line a silo, only where there were several.</summary>
    private static IEnumerable<StyledLine> Silos(RunTimeline run)
    {
        var silos = run.Jobs.GroupBy(static j => j.Silo ?? "", StringComparer.Ordinal).OrderBy(static g => g.Key, StringComparer.Ordinal).ToList();
        if (silos.Count < 2)
            yield break;
        foreach (var silo in silos)
        {
            var workers = silo.DistinctBy(static j => j.Worker).Count();
            yield return Named(silo == silos[0] ? "silos" : "")
                .Add(silo.Key)
                .Add($" · {Units.Count(workers, "worker", "workers")} · {Units.Count(silo.Count(), "job", "jobs")} · peak {Concurrency.Peak(silo)}", Palette.Quiet);
        }
    }

    private static StyledLine Named(string name) => new StyledLine().Add(name.PadRight(15), Palette.Quiet);

    private static string Share(TimeSpan part, TimeSpan whole) =>
        whole > TimeSpan.Zero ? (part / whole * 100).ToString("0", CultureInfo.InvariantCulture) + " %" : "0 %";

    /// <summary>The cause as people are told it.</summary>
    internal static string Name(IdleCause cause) => cause switch
    {
        IdleCause.NoInputLeft => "no input left",
        IdleCause.WaitingForInput => "waiting for input",
        IdleCause.RateLimit => "rate limit",
        IdleCause.KeyBusy => "key busy",
        IdleCause.RetryWait => "retry wait",
        IdleCause.Draining => "draining",
        _ => "overhead",
    };
}
