using System.Globalization;
using AsyncTour.Tracing.Analysis;

namespace AsyncTour.Tracing.Rendering;

/// <summary>One row of a waterfall: one worker, or several neighbours when there are more workers than rows.</summary>
internal sealed record WaterfallRow(string Label, int Workers, IReadOnlyList<JobBar> Jobs)
{
    private const string Loads = " ▁▂▃▄▅▆▇█";

    /// <summary>The rows of a run: by worker, and where the run had several silos, by silo first.</summary>
    public static List<WaterfallRow> For(RunTimeline run, int maxRows)
    {
        var silos = run.Workers.GroupBy(static w => SilosOf(w), StringComparer.Ordinal).OrderBy(static g => g.Key, StringComparer.Ordinal).ToList();
        var share = Math.Max(1, (int)Math.Ceiling((double)run.Workers.Count / Math.Max(1, maxRows - silos.Count + 1)));
        if (silos.Count <= 1)
            return [.. run.Workers.Chunk(share).Select(static group => Of(group))];

        var rows = silos.Select(silo => (silo.Key, Rows: silo.Chunk(share).Select(static group => Of(group)).ToList())).ToList();
        var (siloWidth, workerWidth) = (rows.Max(static silo => silo.Key.Length), rows.Max(static silo => silo.Rows.Max(static row => row.Label.Length)));

        // The silo's name stands once, before the first of its workers.
        return
        [
            .. rows.SelectMany(silo => silo.Rows.Select((row, i) =>
                row with { Label = (i == 0 ? silo.Key : "").PadRight(siloWidth) + "  " + row.Label.PadLeft(workerWidth) })),
        ];
    }

    /// <summary>Bars can be told apart when most of them are at least two columns wide and no row is shared.</summary>
    public static bool FitsBars(List<WaterfallRow> rows, TimeScale scale)
    {
        if (rows.Exists(static r => r.Workers > 1))
            return false;
        var widths = rows.SelectMany(r => r.Jobs.Select(j => scale.At(j.Duration))).Order().ToList();
        return widths.Count == 0 || widths[widths.Count / 2] >= 2 || rows.TrueForAll(r => r.Jobs.Count <= 4);
    }

    /// <summary>Each job a bar of its status' fill, its index in the middle where there is room, a thin seam at its end.</summary>
    public StyledLine DrawBars(StyledLine line, TimeScale scale)
    {
        var column = 0;
        var second = false;
        foreach (var job in Jobs)
        {
            var (from, to) = scale.Cover(job.Start, job.Finish);
            from = Math.Max(from, column);
            if (to <= from)
                continue;
            line.Add(new string(' ', from - column));
            DrawBar(line, job, to - from, Palette.Colour(job.Status, second));
            second = !second;
            column = to;
        }

        return line;
    }

    /// <summary>How busy the row was in each column, from idle to full; a column with anything but success in it shows that instead.</summary>
    public StyledLine DrawLoad(StyledLine line, TimeScale scale)
    {
        var load = new double[scale.Columns];
        var worst = new string?[scale.Columns];
        foreach (var job in Jobs)
            Spread(job, scale, load, worst);
        for (var c = 0; c < load.Length; c++)
        {
            var status = worst[c];
            var level = (int)Math.Ceiling(Math.Min(1, (load[c] / Workers) - 1e-9) * (Loads.Length - 1));
            var mark = status is null or Conventions.JobStatusNames.Succeeded
                ? Loads[Math.Clamp(level, status is null ? 0 : 1, Loads.Length - 1)]
                : Palette.Fill(status);
            line.Add(mark.ToString(), status is null ? "" : Palette.Colour(status, second: false));
        }

        return line;
    }

    private static void DrawBar(StyledLine line, JobBar job, int width, string colour)
    {
        var fill = Palette.Fill(job.Status);
        var end = fill == '█' && width > 1 ? '▉' : fill;
        var label = Caption(job, width - 2);
        var left = (width - label.Length) / 2;
        line.Add(new string(fill, left), colour);
        line.Add(label, "#0b1420 on " + colour);
        line.Add(new string(fill, Math.Max(0, width - left - label.Length - 1)) + (width > left + label.Length ? end.ToString() : ""), colour);
    }

    /// <summary>The job's index, and its attempt when it was not the first; nothing when there is no room for all of it.</summary>
    private static string Caption(JobBar job, int room)
    {
        var label = job.Attempt > 1
            ? string.Create(CultureInfo.InvariantCulture, $"{job.Index}×{job.Attempt}")
            : job.Index.ToString(CultureInfo.InvariantCulture);
        return label.Length <= room ? label : "";
    }

    private static void Spread(JobBar job, TimeScale scale, double[] load, string?[] worst)
    {
        double from = Math.Clamp(scale.At(job.Start), 0, scale.Columns), to = Math.Clamp(scale.At(job.Finish), 0, scale.Columns);
        for (var c = (int)Math.Min(from, scale.Columns - 1); c < scale.Columns && (c < to || c == (int)from); c++)
        {
            load[c] += Math.Max(0, Math.Min(to, c + 1) - Math.Max(from, c));
            if (worst[c] is null or Conventions.JobStatusNames.Succeeded)
                worst[c] = job.Status;
        }
    }

    private static WaterfallRow Of(WorkerRow[] group) => new(
        group.Length == 1 ? Name(group[0].Worker) : string.Create(CultureInfo.InvariantCulture, $"workers {group[0].Worker}–{group[^1].Worker}"),
        group.Length,
        [.. group.SelectMany(static w => w.Jobs)]);

    /// <summary>Where a worker lived: one silo, or several with arrows between when its silo died under it.</summary>
    private static string SilosOf(WorkerRow worker) =>
        string.Join("→", worker.Jobs.Select(static j => j.Silo).OfType<string>().Distinct(StringComparer.Ordinal));

    private static string Name(int worker) => string.Create(CultureInfo.InvariantCulture, $"worker {worker}");
}
