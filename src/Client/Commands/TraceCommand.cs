using System.CommandLine;
using System.Globalization;
using AsyncTour.Client.Commands.Help;
using AsyncTour.Client.Commands.Parsing;
using AsyncTour.Client.Rendering;
using AsyncTour.Client.Terminals;
using AsyncTour.Tracing.Analysis;
using AsyncTour.Tracing.Reading;
using Spectre.Console;

namespace AsyncTour.Client.Commands;

/// <summary><c>trace list|show</c>: what was recorded.</summary>
internal static class TraceCommand
{
    private const int MostListed = 30;

    public static Command Build(ConnectionOptions connection, Terminal terminal)
    {
        var command = new DocumentedCommand("trace", "Look at what was recorded: every run leaves a trace in the traces folder.")
        {
            Examples =
            [
                ("trace list", "the newest traces"),
                ("trace show last", "the waterfall of the last run"),
                ("trace show 4bf92f35", "the waterfall of a trace, by the beginning of its id"),
            ],
        };
        command.Add(List(connection, terminal));
        command.Add(Show(connection, terminal));
        return command;
    }

    private static DocumentedCommand List(ConnectionOptions connection, Terminal terminal)
    {
        var command = new DocumentedCommand("list", $"The newest {MostListed} traces, newest first.");
        command.SetAction(parsed =>
        {
            var folder = new TraceFolder(connection.Folder(parsed));
            var traces = folder.List().Where(static trace => trace.Runs > 0).ToList();
            if (traces.Count == 0)
            {
                terminal.Out.WriteLine($"there are no traces in {folder.Path} yet: 'asynctour run pool' makes one");
                return ExitCode.Success;
            }

            Write(terminal.Page(), traces);
            return ExitCode.Success;
        });
        return command;
    }

    private static DocumentedCommand Show(ConnectionOptions connection, Terminal terminal)
    {
        var command = new DocumentedCommand("show", "The waterfall of a trace: one row per worker, one bar per job.");
        var which = Reading.Argument<string>("[ID|FILE|last]", "a trace id or its beginning, a run id, a trace file, or last (default)", Reading.Text);
        command.Add(which);
        command.SetAction(parsed =>
        {
            var trace = new TraceFolder(connection.Folder(parsed)).Find(parsed.GetValue(which) ?? "last");
            var page = terminal.Page();
            foreach (var timeline in RunTimeline.All(trace))
            {
                WaterfallText.Write(page, timeline, isWhole: true);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static void Write(IAnsiConsole page, List<TraceSummary> traces)
    {
        page.MarkupLine($"[{Palette.Heading}]{"trace",-8}  {"started",-19}  {"strategy",-15}  {"jobs",9}  {"took",9}  run[/]");
        foreach (var trace in traces.Take(MostListed))
        {
            page.MarkupLine(string.Create(
                CultureInfo.InvariantCulture,
                $"[{Palette.Strong}]{trace.TraceId[..8]}[/]  {trace.Start:yyyy-MM-dd HH:mm:ss}  {(trace.Strategy ?? "").EscapeMarkup(),-15}  {trace.Jobs,9:N0}  {Times.Text(trace.Duration),9}  {(trace.RunId ?? "").EscapeMarkup()}"));
        }

        if (traces.Count > MostListed)
        {
            page.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"[{Palette.Quiet}]… and {traces.Count - MostListed:N0} older ones[/]"));
        }
    }
}
