using System.CommandLine;
using AsyncTour.Client.Commands.Help;
using AsyncTour.Client.Commands.Parsing;
using AsyncTour.Client.Json;
using AsyncTour.Client.Rendering;
using AsyncTour.Client.Runs;
using AsyncTour.Client.Terminals;

namespace AsyncTour.Client.Commands.Runs;

/// <summary><c>runs show</c>: a run as it is now, with every outcome it has.</summary>
internal static class ShowRun
{
    public static Command Build(ConnectionOptions connection, Terminal terminal)
    {
        var command = new DocumentedCommand("show", "A run as it is now, with every outcome it has.");
        var which = RunsCommand.Which();
        var json = Reading.Flag("--json", "one JSON object, as 'run --json' prints it");
        command.Add(which);
        command.AddSection("report", json);
        command.SetAction(async (parsed, _) =>
        {
            var asJson = parsed.GetValue(json);
            await using var session = await Session.OpenRunningAsync(connection, parsed, terminal, asJson);
            var run = await new RunCatalogue(session.Connection).SnapshotAsync(parsed.GetValue(which) ?? "last", keepsAll: asJson);
            if (asJson)
            {
                RunJson.Print(terminal, writer => RunJson.Write(writer, session.Connection, run));
            }
            else
            {
                new RunPage(session.Page).Report(run, hasRealInput: true, session.Timeline(run.Status.TraceId));
            }

            return ExitCode.Success;
        });
        return command;
    }
}
