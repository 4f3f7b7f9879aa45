using System.CommandLine;
using System.Globalization;
using AsyncTour.Client.Commands.Help;
using AsyncTour.Client.Commands.Parsing;
using AsyncTour.Client.Json;
using AsyncTour.Client.Rendering;
using AsyncTour.Client.Runs;
using AsyncTour.Client.Terminals;
using AsyncTour.Grains.Runs;
using Spectre.Console;

namespace AsyncTour.Client.Commands.Runs;

/// <summary><c>runs list</c>.</summary>
internal static class ListRuns
{
    // Where the last column begins.
    private const int Indent = 57;

    public static Command Build(ConnectionOptions connection, Terminal terminal)
    {
        var command = new DocumentedCommand("list", "The runs that go on, and the last that have ended, newest first.");
        var json = Reading.Flag("--json", "one JSON object");
        command.AddSection("report", json);
        command.SetAction(async (parsed, _) =>
        {
            var asJson = parsed.GetValue(json);
            await using var session = await Session.OpenRunningAsync(connection, parsed, terminal, asJson);
            var runs = await new RunCatalogue(session.Connection).ListAsync();
            if (asJson)
            {
                RunJson.Print(terminal, writer => RunListJson.Write(writer, session.Connection, runs));
            }
            else
            {
                Write(session.Page, runs);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static void Write(IAnsiConsole page, IReadOnlyList<CataloguedRun> runs)
    {
        if (runs.Count == 0)
        {
            page.WriteLine("no run has been started on this silo yet");
            return;
        }

        page.MarkupLine($"[{Palette.Heading}]{"run",-26} {"state",-8} {"started (UTC)",-19}  jobs[/]");
        foreach (var run in runs)
        {
            var tone = run.State == RunState.Ended ? Palette.Quiet : Palette.Good;
            var jobs = TextLines.Wrap(RunPage.LedgerText(run.Ledger), page.Profile.Width - Indent).ToList();
            page.MarkupLine(string.Create(
                CultureInfo.InvariantCulture,
                $"[{Palette.Strong}]{run.RunId.EscapeMarkup(),-26}[/] [{tone}]{run.StateText,-8}[/] {run.Started.UtcDateTime:yyyy-MM-dd HH:mm:ss}  {jobs[0].EscapeMarkup()}"));
            foreach (var line in jobs.Skip(1))
            {
                page.WriteLine(new string(' ', Indent) + line);
            }
        }
    }
}
