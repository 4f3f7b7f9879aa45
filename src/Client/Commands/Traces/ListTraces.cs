using System.CommandLine;
using System.Globalization;
using AsyncTour.Client.Commands.Help;
using AsyncTour.Client.Rendering;
using AsyncTour.Client.Terminals;
using AsyncTour.Tracing.Reading;
using Spectre.Console;

namespace AsyncTour.Client.Commands.Traces;

/// <summary><c>trace list</c>: the newest traces.</summary>
internal static class ListTraces
{
    private const int Most = 30;

    public static Command Build(ConnectionOptions connection, Terminal terminal)
    {
        var command = new DocumentedCommand("list", $"The newest {Most} traces, newest first.");
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

    private static void Write(IAnsiConsole page, List<TraceSummary> traces)
    {
        page.MarkupLine($"[{Palette.Heading}]{"trace",-8}  {"started (UTC)",-19}  {"strategy",-15}  {"jobs",9}  {"took",9}  run[/]");
        foreach (var trace in traces.Take(Most))
        {
            page.MarkupLine(string.Create(
                CultureInfo.InvariantCulture,
                $"[{Palette.Strong}]{trace.TraceId[..8]}[/]  {trace.Start.UtcDateTime:yyyy-MM-dd HH:mm:ss}  {(trace.Strategy ?? "").EscapeMarkup(),-15}  {trace.Jobs,9:N0}  {Times.Text(trace.Duration),9}  {(trace.RunId ?? "").EscapeMarkup()}"));
        }

        if (traces.Count > Most)
        {
            page.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"[{Palette.Quiet}]… and {traces.Count - Most:N0} older ones[/]"));
        }
    }
}
