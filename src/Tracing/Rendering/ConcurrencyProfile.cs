using System.Globalization;
using AsyncTour.Tracing.Analysis;

namespace AsyncTour.Tracing.Rendering;

/// <summary>How many jobs ran at once over time, as a small area chart for the terminal: the mean of each column.</summary>
public static class ConcurrencyProfile
{
    private const int Height = 4;
    private const string Eighths = " ▁▂▃▄▅▆▇█";

    /// <summary>The chart's lines; none when nothing ran. <see cref="WaterfallOptions.Width"/> and colour as for the waterfall.</summary>
    public static IReadOnlyList<string> Lines(RunTimeline run, WaterfallOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        options ??= new WaterfallOptions();
        if (run.PeakConcurrency == 0)
            return [];

        var top = run.PeakConcurrency;
        var label = top.ToString(CultureInfo.InvariantCulture);
        var gutter = Math.Max(label.Length, Waterfall.Gutter(run, options));
        var scale = new TimeScale(Waterfall.Last(run), Math.Max(40, options.Width) - gutter - 2);
        var mean = Means(run, scale);
        var lines = new List<StyledLine>();
        for (var row = Height - 1; row >= 0; row--)
        {
            var name = row == Height - 1 ? label : row == 0 ? "running" : "";
            var cells = string.Concat(mean.Select(m => Eighths[(int)Math.Clamp(Math.Ceiling(((m / top * Height) - row - 1e-9) * 8), 0, 8)]));
            lines.Add(new StyledLine().Add(name.PadLeft(gutter)[^gutter..], Palette.Quiet).Add(" │", Palette.Quiet).Add(cells, "#4f9fe3"));
        }

        return [.. lines.Select(l => l.ToString(options.Colour))];
    }

    private static double[] Means(RunTimeline run, TimeScale scale)
    {
        var mean = new double[scale.Columns];
        foreach (var job in run.Jobs)
        {
            double from = Math.Clamp(scale.At(job.Start), 0, scale.Columns), to = Math.Clamp(scale.At(job.Finish), 0, scale.Columns);
            for (var c = (int)from; c < to; c++)
                mean[c] += Math.Min(to, c + 1) - Math.Max(from, c);
        }

        return mean;
    }
}
