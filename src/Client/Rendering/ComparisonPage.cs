using System.Globalization;
using AsyncTour.Client.Runs;
using AsyncTour.Grains.Runs;
using Spectre.Console;

namespace AsyncTour.Client.Rendering;

/// <summary>A comparison for people: one row per strategy, its wall time as a bar, the ideal marked on it.</summary>
internal sealed class ComparisonPage(IAnsiConsole page)
{
    private const int NumbersWidth = 66;

    /// <summary>Writes the table.</summary>
    public void Write(IReadOnlyList<ComparisonRow> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        page.WriteLine();
        page.MarkupLine($"[{Palette.Heading}]{"strategy",-15} {"workers",7} {"wall",9} {"ideal",9} {"efficiency",10} {"peak",6}[/]");
        var longest = rows.Max(static row => row.Report?.Status.Wall ?? TimeSpan.Zero);
        foreach (var row in rows)
        {
            if (row.Report is { } report)
            {
                Row(report.Status, longest);
            }
            else
            {
                page.MarkupLine($"{row.Strategy,-15} [{Palette.Quiet}]{(row.Note ?? "").EscapeMarkup()}[/]");
            }
        }

        Notes(rows);
    }

    private void Row(RunStatus status, TimeSpan longest)
    {
        var numbers = string.Create(
            CultureInfo.InvariantCulture,
            $"{status.Strategy,-15} {status.MaxWorkers,7:N0} {Times.Text(status.Wall),9} {Times.Text(status.Ideal),9} {Times.Share(status.Efficiency),10} {status.PeakConcurrency,6:N0}");
        page.MarkupLine($"{numbers}  [{Palette.Strong}]{Bar(status.Wall, longest)}[/]");
    }

    private string Bar(TimeSpan wall, TimeSpan longest)
    {
        var columns = Math.Max(10, page.Profile.Width - NumbersWidth);
        var eighths = longest > TimeSpan.Zero ? (int)Math.Max(1, Math.Round(wall / longest * columns * 8)) : 0;
        return new string('█', eighths / 8) + (eighths % 8 > 0 ? "▏▎▍▌▋▊▉"[eighths % 8 - 1] : "");
    }

    private void Notes(IReadOnlyList<ComparisonRow> rows)
    {
        page.WriteLine();
        foreach (var row in rows.Where(static row => row.Report is { Status.Ledger.AllSucceeded: false }))
        {
            page.MarkupLine($"[{Palette.Warn}]{row.Strategy}: {RunPage.LedgerText(row.Report!.Status.Ledger)}[/]");
        }

        foreach (var row in rows.Where(static row => row is { Note: not null, Report: not null }))
        {
            page.MarkupLine($"[{Palette.Quiet}]{row.Strategy} {row.Note!.EscapeMarkup()}[/]");
        }

        var reports = rows.Where(static row => row.Report is not null).Select(static row => row.Report!).ToList();
        if (reports is [{ Status: { Strategy: "sequential", Wall: var sequential } }, _, ..])
        {
            var fastest = reports.MinBy(static report => report.Status.Wall)!.Status;
            page.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"fastest: {fastest.Strategy}, {sequential / fastest.Wall:0.0} times as fast as sequential"));
        }
    }
}
