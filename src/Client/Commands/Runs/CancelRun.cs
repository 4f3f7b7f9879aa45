using System.CommandLine;
using AsyncTour.Client.Commands.Help;
using AsyncTour.Client.Commands.Parsing;
using AsyncTour.Client.Rendering;
using AsyncTour.Client.Runs;
using AsyncTour.Client.Terminals;
using AsyncTour.Grains.Runs;
using Spectre.Console;

namespace AsyncTour.Client.Commands.Runs;

/// <summary><c>runs cancel</c>: stops a run.</summary>
internal static class CancelRun
{
    public static Command Build(ConnectionOptions connection, Terminal terminal)
    {
        var command = new DocumentedCommand("cancel", "Stop a run: no further job starts, running ones are told to stop, what has finished is kept.");
        var which = RunsCommand.Which();
        var reason = Reading.Option("--reason", "TEXT", "why, for whoever looks at the run (default: cancelled from the console)", Reading.Text);
        command.Add(which);
        command.AddSection("options", reason);
        command.SetAction(async (parsed, _) =>
        {
            await using var session = await Session.OpenRunningAsync(connection, parsed, terminal, json: false);
            var run = await new RunCatalogue(session.Connection).FindAsync(parsed.GetValue(which) ?? "last");
            var status = await run.CancelAsync(parsed.GetValue(reason) ?? "cancelled from the console")
                ?? throw new InvalidOperationException($"The run '{run.Id}' was found and then was not.");
            session.Page.WriteLine(status.State == RunState.Ended
                ? $"run {run.Id} had ended: {RunPage.LedgerText(status.Ledger)}"
                : $"run {run.Id} is stopping: {RunPage.LedgerText(status.Ledger)}");
            return ExitCode.Success;
        });
        return command;
    }
}
