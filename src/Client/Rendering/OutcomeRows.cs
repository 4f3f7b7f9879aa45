using System.Globalization;
using AsyncTour.Grains.Jobs;
using Spectre.Console;

namespace AsyncTour.Client.Rendering;

/// <summary>Outcomes one below the other: index, key, how long, what came of it.</summary>
internal sealed class OutcomeRows(IAnsiConsole page)
{
    /// <summary>Most rows a person wants to read.</summary>
    public const int Most = 40;

    private const int IndexWidth = 6;
    private const int TimeWidth = 9;

    /// <summary>Writes them. A key that only repeats the index is left out.</summary>
    public void Write(IReadOnlyList<Outcome> outcomes)
    {
        var keyWidth = Math.Min(outcomes.Max(static outcome => Key(outcome).Length), page.Profile.Width / 2);
        foreach (var outcome in outcomes)
        {
            Row(outcome, keyWidth);
        }
    }

    private static string Key(Outcome outcome) =>
        outcome.Key == outcome.Index.ToString(CultureInfo.InvariantCulture) ? "" : outcome.Key;

    private void Row(Outcome outcome, int keyWidth)
    {
        var isGood = outcome.Status == JobStatus.Succeeded;
        var tone = isGood ? Palette.Good : Palette.Bad;
        var what = isGood ? outcome.Value ?? "" : $"{outcome.Status.ToText()}: {outcome.Error}";
        var took = outcome.Attempt > 0 ? Times.Text(outcome.Duration) : "–";
        var key = keyWidth == 0 ? "" : TextLines.Cut(Key(outcome), keyWidth).PadRight(keyWidth) + " ";
        var indent = IndexWidth + 1 + key.Length + TimeWidth + 2;
        var lines = TextLines.Wrap(what, Math.Max(20, page.Profile.Width - indent)).DefaultIfEmpty("").ToList();
        page.MarkupLine(
            $"[{Palette.Quiet}]{outcome.Index.ToString(CultureInfo.InvariantCulture),IndexWidth}[/] {key.EscapeMarkup()}" +
            $"[{Palette.Quiet}]{took,TimeWidth}[/]  [{tone}]{lines[0].EscapeMarkup()}[/]");
        foreach (var line in lines.Skip(1))
        {
            page.MarkupLine($"{new string(' ', indent)}[{tone}]{line.EscapeMarkup()}[/]");
        }
    }
}
