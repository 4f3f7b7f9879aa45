using System.CommandLine;
using AsyncTour.Client.Commands.Help;
using AsyncTour.Client.Rendering;
using AsyncTour.Client.Runs;
using AsyncTour.Client.Terminals;
using Spectre.Console;

namespace AsyncTour.Client.Commands.Runs;

/// <summary><c>runs watch</c>: follows a run to its end. Ctrl-C ends the watching and leaves the run alone.</summary>
internal static class WatchRun
{
    public static Command Build(ConnectionOptions connection, Terminal terminal)
    {
        var command = new DocumentedCommand("watch", "Follow a run to its end. Ctrl-C ends the watching and leaves the run alone.");
        var which = RunsCommand.Which();
        command.Add(which);
        command.SetAction(async (parsed, _) =>
        {
            await using var session = await Session.OpenRunningAsync(connection, parsed, terminal, json: false);
            var catalogue = new RunCatalogue(session.Connection);
            var handle = await catalogue.FindAsync(parsed.GetValue(which) ?? "last");
            session.Page.WriteLine($"run {handle.Id}");
            var run = await session.Execution.WatchAsync(handle);
            if (run is null)
            {
                terminal.Error.WriteLine($"the run goes on; 'asynctour runs watch {handle.Id}' takes it up again");
                return ExitCode.Interrupted;
            }

            new RunPage(session.Page).Report(run, hasRealInput: false, session.Timeline(run.Status.TraceId));
            return run.ExitCode;
        });
        return command;
    }
}
