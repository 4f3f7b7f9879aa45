using System.CommandLine;
using AsyncTour.Client.Commands.Help;
using AsyncTour.Client.Commands.Parsing;
using AsyncTour.Client.Commands.Traces;
using AsyncTour.Client.Terminals;
using AsyncTour.Tracing.Reading;

namespace AsyncTour.Client.Commands;

/// <summary><c>trace</c>: what was recorded, and what follows from it. None of it needs a silo.</summary>
internal static class TraceCommand
{
    public static Command Build(ConnectionOptions connection, Terminal terminal)
    {
        var command = new DocumentedCommand("trace", "Look at what was recorded: every run leaves a trace in the traces folder.")
        {
            Examples =
            [
                ("trace list", "the newest traces"),
                ("trace show last", "the waterfall of the last run, where its idle time went, its critical path"),
                ("trace audit last", "check from the workers' spans alone that the bound held and no job was lost"),
                ("trace html last --output run.html", "the timeline to zoom into, in one file"),
                ("trace replay last --max-workers 8", "what the same jobs would have taken with eight workers"),
            ],
        };
        command.Add(ListTraces.Build(connection, terminal));
        command.Add(ShowTrace.Build(connection, terminal));
        command.Add(AuditTrace.Build(connection, terminal));
        command.Add(ExportTrace.Build(connection, terminal));
        command.Add(ReplayTrace.Build(connection, terminal));
        return command;
    }

    /// <summary>The argument that names a trace.</summary>
    public static Argument<string?> Which() => Reading.Argument<string>(
        "[ID|FILE|last]", "a trace id or its beginning, a run id, a trace file, or last (default)", Reading.Text);

    /// <summary>The trace that was named.</summary>
    /// <exception cref="TraceUnreadableException">There is none, or more than one.</exception>
    public static Trace Find(ConnectionOptions connection, ParseResult parsed, Argument<string?> which) =>
        new TraceFolder(connection.Folder(parsed)).Find(parsed.GetValue(which) ?? "last");
}
