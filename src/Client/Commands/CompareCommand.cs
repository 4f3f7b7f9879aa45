using System.CommandLine;
using AsyncTour.Client.Commands.Help;
using AsyncTour.Client.Inputs;
using AsyncTour.Client.Json;
using AsyncTour.Client.Rendering;
using AsyncTour.Client.Runs;
using AsyncTour.Client.Terminals;
using AsyncTour.Concurrency.Pools;
using AsyncTour.Grains;

namespace AsyncTour.Client.Commands;

/// <summary><c>compare</c>: every strategy on the same jobs.</summary>
internal static class CompareCommand
{
    public static Command Build(ConnectionOptions connection, Terminal terminal)
    {
        var command = new DocumentedCommand("compare", "Run every strategy on the same jobs, then show wall beside ideal.")
        {
            Examples =
            [
                ("compare --jobs 10 --duration 50ms", "the notebook's ten jobs, five ways"),
                ("compare --jobs 100 --duration pareto:20ms:1.5 --max-workers 8 --seed 7", "a heavy tail: most jobs short, a few very long"),
                ("compare --kind spin --jobs 8 --duration 100ms", "work that keeps a core busy gains no more than the cores there are"),
            ],
        };
        var options = new RunOptions();
        options.AddTo(command);
        command.SetAction(async (parsed, _) => await CompareAsync(options, connection, parsed, terminal));
        return command;
    }

    private static async Task<int> CompareAsync(RunOptions options, ConnectionOptions connection, ParseResult parsed, Terminal terminal)
    {
        var json = parsed.GetValue(options.Json);
        var first = options.Read(parsed, Strategy.Names[0], terminal);
        using var input = first.Input;
        if (input is LineJobs { CanReopen: false })
        {
            throw new RefusedException("compare reads its input once for each strategy: give a file, not standard input");
        }

        var recording = connection.Recording(parsed, json);
        var silo = await connection.SiloAsync(parsed, terminal.Interrupted);
        await first.PrepareAsync(silo, terminal.Interrupted);
        await using var session = await Session.OpenAsync(silo, recording, terminal, json);
        new RunPage(session.Page).Announce(input);
        var comparison = new Comparison(session.Execution, first, keepsAll: json);
        await comparison.RunAsync(terminal.Interrupted);
        if (json)
        {
            RunJson.Print(terminal, writer => ComparisonJson.Write(writer, session.Connection, input, comparison.Rows));
        }

        new ComparisonPage(session.Page).Write(comparison.Rows);
        return comparison.ExitCode;
    }
}
