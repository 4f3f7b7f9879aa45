using System.CommandLine;
using AsyncTour.Client.Commands.Help;
using AsyncTour.Client.Commands.Parsing;
using AsyncTour.Client.Inputs;
using AsyncTour.Client.Json;
using AsyncTour.Client.Rendering;
using AsyncTour.Client.Runs;
using AsyncTour.Client.Terminals;
using AsyncTour.Concurrency.Pools;
using AsyncTour.Grains;

namespace AsyncTour.Client.Commands;

/// <summary><c>run STRATEGY</c>: one run, its waterfall and its summary.</summary>
internal static class RunCommand
{
    public static Command Build(ConnectionOptions connection, Terminal terminal)
    {
        var command = new DocumentedCommand("run", "Run jobs by one strategy, then show the waterfall from the trace.")
        {
            Examples =
            [
                ("run pool --max-workers 3 --jobs 10 --duration 0..1s --seed 42", "the notebook's pool: ten jobs of up to a second, three at once"),
                ("run pool --kind http --input urls.txt --max-workers 3", "fetch the URLs of a file, three at once"),
                ("run first-completed --kind http --input - --json", "read URLs from standard input, answer in JSON"),
                ("run wait-all --jobs 100 --duration exp:200ms --job-timeout 500ms", "stop each job that takes longer than half a second"),
            ],
        };
        var strategy = Reading.Argument<string>(
            "STRATEGY", string.Join(", ", Strategy.Names), Reading.Word("strategy", "strategies", Strategy.Names));
        var options = new RunOptions();
        command.Add(strategy);
        options.AddTo(command);
        command.AddSection("scale", options.Partitions);
        command.AddSection("afterwards", options.Detach);
        command.SetAction(async (parsed, _) =>
        {
            var name = parsed.GetValue(strategy)
                ?? throw new RefusedException($"'run' needs a strategy: one of {string.Join(", ", Strategy.Names)}");
            var request = options.Read(parsed, name, terminal);
            return parsed.GetValue(options.Detach)
                ? await DetachAsync(request, parsed.GetValue(options.Json), connection, parsed, terminal)
                : await RunAsync(request, parsed.GetValue(options.Json), connection, parsed, terminal);
        });
        return command;
    }

    // Standard output is the run's id and nothing else, so that a shell can take it: run=$(asynctour run pool --detach).
    private static async Task<int> DetachAsync(RunRequest request, bool json, ConnectionOptions connection, ParseResult parsed, Terminal terminal)
    {
        using var input = request.Input;
        var silo = await connection.SiloAsync(parsed, terminal.Interrupted);
        if (!silo.MayConnect)
        {
            throw new RefusedException("--detach needs a silo that outlives this command: start one (dotnet run --project src/Silo), then --connect");
        }

        await request.PrepareAsync(silo, terminal.Interrupted);
        await using var session = await Session.OpenAsync(silo, connection.Recording(parsed, json: true), terminal, json: true);
        var run = await session.Execution.DetachAsync(session.Execution.NewId(request.Spec.Strategy), request.WarmSpec, input);
        if (json)
        {
            RunJson.Print(terminal, writer => RunJson.WriteDetached(writer, run));
        }
        else
        {
            terminal.Out.WriteLine(run.RunId);
        }

        terminal.Error.WriteLine($"{run.Ledger.Submitted} jobs run on; to await one: asynctour promise wait {run.RunId}/0");
        return ExitCode.Success;
    }

    private static async Task<int> RunAsync(RunRequest request, bool json, ConnectionOptions connection, ParseResult parsed, Terminal terminal)
    {
        using var input = request.Input;
        var recording = connection.Recording(parsed, json);
        var silo = await connection.SiloAsync(parsed, terminal.Interrupted);
        await request.PrepareAsync(silo, terminal.Interrupted);
        await using var session = await Session.OpenAsync(silo, recording, terminal, json);
        var page = new RunPage(session.Page);
        page.Announce(input);
        var report = await session.Execution.RunAsync(
            session.Execution.NewId(request.Spec.Strategy), request.WarmSpec, input, keepsAll: json);
        if (json)
        {
            RunJson.Print(terminal, writer => RunJson.Write(writer, session.Connection, report));
        }

        page.Report(report, input is LineJobs, json ? null : session.Timeline(report.Status.TraceId));
        return report.ExitCode;
    }
}
