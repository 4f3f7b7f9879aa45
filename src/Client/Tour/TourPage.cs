using System.Globalization;
using AsyncTour.Client.Rendering;
using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;
using AsyncTour.Tracing.Analysis;
using AsyncTour.Tracing.Rendering;
using Spectre.Console;

namespace AsyncTour.Client.Tour;

/// <summary>How a chapter looks: heading, lesson, the two sources, the two results, the picture, what was put right.</summary>
internal sealed class TourPage(IAnsiConsole page)
{
    private const int ResultsWidth = 32;
    private const int MostWorkers = 12;
    private const int Indent = 2;

    private int Width => page.Profile.Width;

    /// <summary>The title of a part.</summary>
    public void Part(int part)
    {
        page.WriteLine();
        page.MarkupLine($"[{Palette.Heading}]{TourGuide.PartTitle(part).EscapeMarkup()}[/]");
    }

    /// <summary>A chapter's heading, its lesson, and both sources.</summary>
    public void Open(Chapter chapter, int number)
    {
        page.WriteLine();
        Rule(string.Create(CultureInfo.InvariantCulture, $"{number}  {chapter.Title}"), chapter.Cells);
        page.WriteLine();
        Text(chapter.Lesson, "");
        page.WriteLine();
        Code("Py", chapter.Python.Split('\n'), CodeColors.Python);
        page.WriteLine();
        Code("C#", SourceOfChapter.Lines(chapter.GetType()), CodeColors.CSharp);
        page.WriteLine();
    }

    /// <summary>The notebook's results and wall time above the run's own.</summary>
    public void Beside(RunChapter chapter, IReadOnlyList<Outcome> outcomes, RunStatus status)
    {
        page.MarkupLine($"[{Palette.Quiet}]  {"",-9} {"results",-ResultsWidth} {"wall",8} {"ideal",8}  efficiency  peak[/]");
        var ideal = chapter.NotebookIdeal is { } time ? Times.Text(time) : "";
        var share = chapter.NotebookIdeal is { } best ? Times.Share(best / chapter.NotebookWall).PadLeft(10) : "";
        page.MarkupLine($"  notebook  {chapter.NotebookResults.PadRight(ResultsWidth).EscapeMarkup()} {Times.Text(chapter.NotebookWall),8} {ideal,8}  {share}[{Palette.Bad}]{chapter.NotebookRemark}[/]".TrimEnd());
        var results = ResultsText(outcomes);
        var tone = status.Ledger.AllSucceeded ? Palette.Good : Palette.Warn;
        page.MarkupLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  [{Palette.Heading}]here[/]      [{tone}]{results.PadRight(ResultsWidth).EscapeMarkup()}[/] [{Palette.Heading}]{Times.Text(status.Wall),8}[/] {Times.Text(status.Ideal),8}  {Times.Share(status.Efficiency),10}  {status.PeakConcurrency,4}"));
        if (!status.Ledger.AllSucceeded)
        {
            page.MarkupLine($"            [{Palette.Warn}]{RunPage.LedgerText(status.Ledger).EscapeMarkup()}[/]");
        }
    }

    /// <summary>The waterfall, from the trace.</summary>
    public void Picture(RunTimeline? timeline)
    {
        page.WriteLine();
        if (timeline is null)
        {
            page.MarkupLine($"  [{Palette.Quiet}]no picture: nothing was recorded in a folder of this process[/]");
            return;
        }

        var options = DrawnLines.Options(page, Indent) with { BarsOnly = true, MaxRows = MostWorkers };
        DrawnLines.Write(page, Waterfall.Lines(timeline, options), Indent);
        page.MarkupLine($"  [{Palette.Quiet}]from the trace; see it again: asynctour trace show {timeline.TraceId[..8]}[/]");
    }

    /// <summary>What the notebook gets wrong and this does not.</summary>
    public void PutRight(IReadOnlyList<string> defects)
    {
        if (defects.Count == 0)
        {
            return;
        }

        page.WriteLine();
        foreach (var defect in defects)
        {
            Text(defect, "✓ ");
        }
    }

    /// <summary>What the notebook's cells printed.</summary>
    public void NotebookPrinted(IReadOnlyList<string> lines)
    {
        var print = Printer("notebook", Palette.Quiet);
        foreach (var line in lines)
        {
            print(line);
        }
    }

    /// <summary>Prints the lines of a chapter as it runs, below what the notebook printed.</summary>
    public Action<string> Printer() => Printer("here", Palette.Good);

    /// <summary>Prints what the trace has to say, line by line.</summary>
    public Action<string> TracePrinter() => Printer("trace", Palette.Quiet);

    /// <summary>All runs of the tour once more, in a table.</summary>
    public void Close(IReadOnlyList<(RunChapter Chapter, RunStatus Status)> runs)
    {
        page.WriteLine();
        Rule("Wall times", "");
        page.WriteLine();
        page.MarkupLine($"[{Palette.Quiet}]  {"",-35} {"notebook",9} {"here",9} {"ideal",9}  efficiency[/]");
        foreach (var (chapter, status) in runs)
        {
            page.MarkupLine($"  {TextLines.Cut(chapter.Title, 35).EscapeMarkup(),-35} {Times.Text(chapter.NotebookWall),9} [{Palette.Heading}]{Times.Text(status.Wall),9}[/] {Times.Text(status.Ideal),9}  {Times.Share(status.Efficiency),10}");
        }

        page.WriteLine();
        Text("Random sleeps differ from the notebook's own, so there only wall beside ideal says something.", "");
        page.WriteLine();
    }

    private Action<string> Printer(string who, string tone)
    {
        var label = who;
        return line =>
        {
            foreach (var part in TextLines.Wrap(line, Width - 13))
            {
                page.MarkupLine($"  {label,-8} [{Palette.Quiet}]│[/] [{tone}]{part.EscapeMarkup()}[/]");
                label = "";
            }
        };
    }

    private static string ResultsText(IReadOnlyList<Outcome> outcomes) =>
        $"[{string.Join(", ", outcomes.Select(static outcome => outcome.Status == JobStatus.Succeeded ? outcome.Value : "–"))}]";

    private void Rule(string left, string right)
    {
        var line = new string('━', Math.Max(2, Width - left.Length - right.Length - (right.Length > 0 ? 8 : 4)));
        page.MarkupLine($"[{Palette.Strong}]━━[/] [{Palette.Heading}]{left.EscapeMarkup()}[/] [{Palette.Strong}]{line}[/]{(right.Length > 0 ? $" [{Palette.Quiet}]{right.EscapeMarkup()}[/] [{Palette.Strong}]━━[/]" : "")}");
    }

    private void Text(string text, string bullet)
    {
        var first = true;
        foreach (var line in TextLines.Wrap(text, Math.Min(Width, 88) - 4 - bullet.Length))
        {
            var mark = first ? bullet : new string(' ', bullet.Length);
            page.MarkupLine($"  [{Palette.Good}]{mark}[/]{line.EscapeMarkup()}");
            first = false;
        }
    }

    private void Code(string language, IReadOnlyList<string> lines, Func<string, string> color)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            var label = i == 0 ? language : "";
            page.MarkupLine($"  [{Palette.Quiet}]{label,-2} │[/]{(lines[i].Length > 0 ? " " + color(TextLines.Cut(lines[i], Width - 7)) : "")}");
        }
    }
}
