using System.Globalization;
using AsyncTour.Client.Runs;
using AsyncTour.Client.Terminals;
using AsyncTour.Grains.Runs;
using Spectre.Console;

namespace AsyncTour.Client.Rendering;

/// <summary>
/// The runs of a silo, a line each. For a person a table as wide as the page: what does not fit is left out or cut, and 'runs
/// show' has it. For a pipe every count in words, however long the line.
/// </summary>
internal sealed class RunListPage(Terminal terminal)
{
    private const int LeastIdWidth = 13;
    private const int LeastRestWidth = 12;

    // The longest name of a strategy with its eight letters; ids that somebody else made up may be any length.
    private const int MostIdWidth = 24;
    private const string Gap = "  ";

    private readonly IAnsiConsole _page = terminal.Page();

    /// <summary>Writes them in the order in which they come.</summary>
    public void Write(IReadOnlyList<CataloguedRun> runs)
    {
        if (runs.Count == 0)
        {
            _page.WriteLine("no run has been started on this silo yet");
        }
        else if (terminal.OutIsTerminal)
        {
            Table(runs);
        }
        else
        {
            Lines(runs);
        }
    }

    private void Lines(IReadOnlyList<CataloguedRun> runs)
    {
        terminal.Out.WriteLine($"{"run",-26} {"state",-8} {"started (UTC)",-19}  jobs");
        foreach (var run in runs)
        {
            terminal.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{run.RunId,-26} {run.StateText,-8} {run.Started.UtcDateTime:yyyy-MM-dd HH:mm:ss}  {RunPage.LedgerText(run.Ledger)}"));
        }
    }

    private void Table(IReadOnlyList<CataloguedRun> runs)
    {
        var now = terminal.Time.GetUtcNow();
        var age = Column("age", runs.Select(run => Times.Age(now - run.Started)), alignsRight: true);
        var state = Column("state", runs.Select(static run => run.StateText));
        var jobs = Column("jobs", runs.Select(static run => Number(run.Ledger.Submitted)), alignsRight: true);
        var succeeded = Column("succeeded", runs.Select(static run => Number(run.Ledger.Succeeded)), alignsRight: true);
        string[][] columns = [state, age, jobs, succeeded];
        foreach (var lessWanted in (string[][])[age, succeeded])
        {
            columns = Left(columns) < LeastIdWidth + LeastRestWidth ? [.. columns.Where(column => column != lessWanted)] : columns;
        }

        var left = Left(columns);
        var id = Column("run", runs.Select(static run => run.RunId), most: Math.Clamp(left - LeastRestWidth, Math.Min(LeastIdWidth, left), MostIdWidth));
        var rest = Math.Max(0, left - id[0].Length);

        _page.MarkupLine($"[{Palette.Heading}]{id[0]}{string.Concat(columns.Select(static column => Gap + column[0]))}{Gap}{TextLines.Cut("the others", rest)}[/]");
        for (var row = 0; row < runs.Count; row++)
        {
            var run = runs[row];
            var cells = string.Concat(columns.Skip(1).Select(column => Gap + column[row + 1]));
            _page.MarkupLine(
                $"[{Palette.Strong}]{id[row + 1].EscapeMarkup()}[/]{Gap}[{Tone(run.State)}]{state[row + 1]}[/]{cells}{Gap}" +
                $"[{(HasFailures(run.Ledger) ? Palette.Bad : Palette.Quiet)}]{TextLines.Cut(Others(run), rest)}[/]");
        }
    }

    private int Left(string[][] columns) => _page.Profile.Width - columns.Sum(static column => Gap.Length + column[0].Length) - Gap.Length;

    // What became of the jobs that did not succeed, the worst first. That many have not started is no news of a run that goes on.
    private static string Others(CataloguedRun run)
    {
        var ledger = run.Ledger;
        (int Count, string Name)[] counts =
        [
            (ledger.Failed, "failed"), (ledger.TimedOut, "timed out"), (ledger.Unknown, "unknown"), (ledger.Cancelled, "cancelled"),
            (ledger.Running, "running"), (run.State == RunState.Running ? 0 : ledger.NotStarted, "not started"),
        ];
        return string.Join(", ", counts.Where(static count => count.Count > 0).Select(static count => $"{Number(count.Count)} {count.Name}"));
    }

    private static bool HasFailures(Ledger ledger) => ledger.Failed + ledger.TimedOut + ledger.Unknown > 0;

    private static string Tone(RunState state) => state switch
    {
        RunState.Running => Palette.Good,
        RunState.Stopping => Palette.Warn,
        _ => Palette.Quiet,
    };

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    // A heading and its cells, all of one width.
    private static string[] Column(string heading, IEnumerable<string> cells, bool alignsRight = false, int most = int.MaxValue)
    {
        string[] all = [heading, .. cells];
        var width = Math.Min(most, all.Max(static cell => cell.Length));
        return [.. all.Select(cell => TextLines.Cut(cell, width)).Select(cell => alignsRight ? cell.PadLeft(width) : cell.PadRight(width))];
    }
}
