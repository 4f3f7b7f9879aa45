using System.CommandLine;
using AsyncTour.Client.Commands.Help;
using AsyncTour.Client.Commands.Parsing;
using AsyncTour.Client.Promises;
using AsyncTour.Client.Terminals;
using AsyncTour.Grains;
using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Promises;

namespace AsyncTour.Client.Commands;

/// <summary><c>promise new|get|set|fail|cancel|wait</c>: a future that any terminal can settle or await.</summary>
internal static class PromiseCommand
{
    private const string IdHelp = "the promise's id; RUN/INDEX is the promise of one job of a run";

    public static Command Build(ConnectionOptions connection, Terminal terminal)
    {
        var command = new DocumentedCommand("promise", "Futures with an address: made in one terminal, settled in another, awaited in a third. The first settlement wins and stays.")
        {
            Examples =
            [
                ("promise new answer", "make one; without a name it gets one, which is printed"),
                ("promise wait answer", "in another terminal: wait for it, then print its value"),
                ("promise set answer '{\"name\": \"Sam\"}'", "settle it: whoever waits goes on"),
                ("promise wait pool-4mz81q0c/7", "wait for job 7 of a run"),
            ],
        };
        command.Add(New(connection, terminal));
        command.Add(Verb("get", "Print the value; a promise without one yet prints its state. Never waits.", "", "", connection, terminal, static (visit, id, _) => visit.GetAsync(id)));
        command.Add(Verb("set", "Settle it with a value.", "VALUE", "JSON; text that is no JSON is itself the value; - reads standard input", connection, terminal, static async (visit, id, text) =>
            await visit.SetAsync(id, text ?? throw new RefusedException("'promise set' needs a value: promise set ID VALUE"))));
        command.Add(Verb("fail", "Settle it with an error.", "[MESSAGE]", "what went wrong", connection, terminal, static (visit, id, text) => visit.FailAsync(id, text)));
        command.Add(Verb("cancel", "Cancel it, for everybody. A job's promise: stop the job, and answer when it has stopped.", "[MESSAGE]", "why", connection, terminal, static (visit, id, text) => visit.CancelAsync(id, text)));
        command.Add(Wait(connection, terminal));
        return command;
    }

    private static DocumentedCommand New(ConnectionOptions connection, Terminal terminal)
    {
        var command = new DocumentedCommand("new", "Make a promise and print its id.");
        var id = Reading.Argument<string>("[ID]", "what others find it by; left out, it gets a name of its own", Reading.Text);
        var lifetime = Reading.Option("--ttl", "T", $"forget it when nobody has settled or read it for this long (default {Duration.Format(PromiseLimits.DefaultTimeToLive)})", Reading.Time);
        command.Add(id);
        Run(command, connection, terminal, [lifetime], (visit, parsed) => visit.NewAsync(parsed.GetValue(id), parsed.GetValue(lifetime)));
        return command;
    }

    private static DocumentedCommand Wait(ConnectionOptions connection, Terminal terminal)
    {
        var command = new DocumentedCommand("wait", "Wait until it is settled, however often the silo restarts, and print its value.");
        var id = Reading.Argument<string>("ID", IdHelp, Reading.Text);
        var timeout = Reading.Option("--timeout", "T", "give up after this long; the promise stays as it is (default: never)", Reading.Time);
        command.Add(id);
        Run(command, connection, terminal, [timeout], (visit, parsed) => visit.WaitAsync(IdOf("wait", parsed.GetValue(id)), parsed.GetValue(timeout)));
        return command;
    }

    private static DocumentedCommand Verb(
        string name, string description, string value, string valueHelp, ConnectionOptions connection, Terminal terminal, Func<PromiseVisit, string, string?, Task<int>> act)
    {
        var command = new DocumentedCommand(name, description);
        var id = Reading.Argument<string>("ID", IdHelp, Reading.Text);
        command.Add(id);
        var text = value.Length == 0 ? null : Reading.Argument<string>(value, valueHelp, Reading.Text);
        if (text is not null)
        {
            command.Add(text);
        }

        Run(command, connection, terminal, [], (visit, parsed) => act(visit, IdOf(name, parsed.GetValue(id)), text is null ? null : parsed.GetValue(text)));
        return command;
    }

    private static void Run(
        DocumentedCommand command, ConnectionOptions connection, Terminal terminal, IEnumerable<Option> options, Func<PromiseVisit, ParseResult, Task<int>> act)
    {
        var json = Reading.Flag("--json", "one JSON object on standard output, and nothing else there");
        command.AddSection("options", [.. options, json]);
        command.SetAction(async (parsed, _) =>
        {
            // Standard output is the answer and nothing else, so that a shell can take it: id=$(asynctour promise new).
            await using var session = await Session.OpenAsync(
                await connection.SiloAsync(parsed, terminal.Interrupted), connection.Recording(parsed, json: true), terminal, json: true);
            return await act(new PromiseVisit(session, parsed.GetValue(json)), parsed);
        });
    }

    private static string IdOf(string verb, string? id) =>
        id ?? throw new RefusedException($"'promise {verb}' needs the promise's id: see 'promise {verb} --help'");
}
