using System.CommandLine;
using AsyncTour.Client.Commands.Help;
using AsyncTour.Client.Commands.Parsing;
using AsyncTour.Client.Rendering;
using AsyncTour.Client.Terminals;
using AsyncTour.Tracing.Analysis;
using AsyncTour.Tracing.Rendering;

namespace AsyncTour.Client.Commands.Traces;

/// <summary><c>trace show</c>: a run's waterfall and everything that follows from its spans.</summary>
internal static class ShowTrace
{
    public static Command Build(ConnectionOptions connection, Terminal terminal)
    {
        var command = new DocumentedCommand("show", "The waterfall of a trace, where its idle time went, its critical path.");
        var which = TraceCommand.Which();
        var json = Reading.Flag("--json", "one JSON object; of several runs in one trace, the newest");
        command.Add(which);
        command.AddSection("report", json);
        command.SetAction(parsed =>
        {
            var trace = TraceCommand.Find(connection, parsed, which);
            if (parsed.GetValue(json))
            {
                terminal.Out.WriteLine(RunReport.Of(RunTimeline.Of(trace)).ToJson());
                return ExitCode.Success;
            }

            var page = terminal.Page();
            foreach (var timeline in RunTimeline.All(trace))
            {
                DrawnLines.Write(page, RunView.Lines(timeline, DrawnLines.Options(page)));
            }

            return ExitCode.Success;
        });
        return command;
    }
}
