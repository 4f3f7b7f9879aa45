using System.CommandLine;
using AsyncTour.Client.Commands.Help;
using AsyncTour.Client.Commands.Parsing;
using AsyncTour.Client.Json;
using AsyncTour.Client.Rendering;
using AsyncTour.Client.Runs;
using AsyncTour.Client.Terminals;

namespace AsyncTour.Client.Commands.Runs;

/// <summary><c>runs list</c>.</summary>
internal static class ListRuns
{
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
                new RunListPage(terminal).Write(runs);
            }

            return ExitCode.Success;
        });
        return command;
    }
}
