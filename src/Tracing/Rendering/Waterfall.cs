using AsyncTour.Tracing.Analysis;
using AsyncTour.Tracing.Reading;

namespace AsyncTour.Tracing.Rendering;

/// <summary>How a waterfall is drawn.</summary>
public sealed record WaterfallOptions
{
    /// <summary>Columns of the terminal. Default: 100; never below 40.</summary>
    public int Width { get; init; } = 100;

    /// <summary>True: the lines are Spectre markup. False (default): the same characters as plain text.</summary>
    public bool Colour { get; init; }

    /// <summary>At most so many rows of workers; more workers than that share rows. Default: 32.</summary>
    public int MaxRows { get; init; } = 32;

    /// <summary>True: only the rows and the axis, for a page that has its own heading and numbers.</summary>
    public bool BarsOnly { get; init; }
}

/// <summary>
/// A run as a picture for the terminal: one row per worker, a bar per job, time from left to right. Where there are too
/// many jobs for bars, a row shows how busy its worker was instead.
/// </summary>
public static class Waterfall
{
    public static IReadOnlyList<string> Lines(RunTimeline run, WaterfallOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        options ??= new WaterfallOptions();
        var rows = WaterfallRow.For(run, options.MaxRows);
        var gutter = rows.Select(static r => r.Label.Length).DefaultIfEmpty(0).Max();
        var columns = Math.Max(40, options.Width) - gutter - 2;
        var scale = new TimeScale(Last(run), columns);

        var lines = new List<StyledLine>();
        if (!options.BarsOnly)
            lines.Add(Heading(run));
        var bars = WaterfallRow.FitsBars(rows, scale);
        foreach (var row in rows)
        {
            var line = new StyledLine().Add(row.Label.PadLeft(gutter), Palette.Quiet).Add(" │", Palette.Quiet);
            lines.Add(bars ? row.DrawBars(line, scale) : row.DrawLoad(line, scale));
        }

        var (rule, labels) = scale.Axis();
        lines.Add(new StyledLine().Add(new string(' ', gutter + 1) + "└" + rule, Palette.Quiet));
        lines.Add(new StyledLine().Add(new string(' ', gutter + 2) + labels, Palette.Quiet));
        if (!options.BarsOnly)
            lines.AddRange(Numbers(run));
        return [.. lines.Select(l => l.ToString(options.Colour))];
    }

    /// <summary>The lines as one text, each ended by a newline.</summary>
    public static string Text(RunTimeline run, WaterfallOptions? options = null) =>
        string.Concat(Lines(run, options).Select(static l => l + "\n"));

    internal static int Gutter(RunTimeline run, WaterfallOptions options) =>
        WaterfallRow.For(run, options.MaxRows).Select(static r => r.Label.Length).DefaultIfEmpty(0).Max();

    internal static TimeSpan Last(RunTimeline run) =>
        run.Jobs.Select(static j => j.Finish).Append(run.Wall).Max();

    private static StyledLine Heading(RunTimeline run)
    {
        var line = new StyledLine()
            .Add("run " + (run.Strategy.Length > 0 ? run.Strategy : run.RunId), Palette.Heading)
            .Add(" · " + Units.Count(run.Submitted ?? Distinct(run), "job", "jobs"))
            .Add($" · max_workers {run.MaxWorkers}")
            .Add($" · trace {Trace.Short(run.TraceId)}", Palette.Quiet)
            .Add(run.EarlierTraces.Count == 0 ? "" : $", taken up again after {string.Join(", ", run.EarlierTraces.Select(Trace.Short))}", Palette.Quiet);
        return run.IsComplete ? line : line.Add(" · its own span is missing: still running, or its coordinator died", Palette.Quiet);
    }

    private static IEnumerable<StyledLine> Numbers(RunTimeline run)
    {
        yield return new StyledLine()
            .Add("wall ", Palette.Quiet).Add(Units.Duration(run.Wall), Palette.Number)
            .Add(" · ideal ", Palette.Quiet).Add(Units.Duration(run.Ideal), Palette.Number)
            .Add(" · efficiency ", Palette.Quiet).Add(Units.Ratio(run.Efficiency), Palette.Number)
            .Add(" · peak ", Palette.Quiet).Add(run.PeakConcurrency.ToString(System.Globalization.CultureInfo.InvariantCulture), Palette.Number);
        if (Legend(run) is { } legend)
            yield return legend;
        if (run.SkippedLines > 0)
            yield return new StyledLine().Add($"{Units.Count(run.SkippedLines, "line", "lines")} of the files could not be read and were left out", Palette.Quiet);
    }

    /// <summary>Which fill is which status; not needed while every job succeeded.</summary>
    private static StyledLine? Legend(RunTimeline run)
    {
        var statuses = run.Jobs.CountBy(static j => j.Status).OrderBy(static s => Palette.Order(s.Key)).ToList();
        if (statuses.TrueForAll(static s => s.Key == Conventions.JobStatusNames.Succeeded))
            return null;
        var line = new StyledLine();
        foreach (var (status, count) in statuses)
        {
            if (status != statuses[0].Key)
                line.Add(" · ", Palette.Quiet);
            line.Add(Palette.Fill(status).ToString(), Palette.Colour(status, second: false)).Add($" {count} {(status.Length > 0 ? status : "without a status")}");
        }

        return line;
    }

    private static int Distinct(RunTimeline run) => run.Jobs.DistinctBy(static j => j.Index).Count();
}
