using System.CommandLine;
using AsyncTour.Client.Commands.Help;
using AsyncTour.Client.Commands.Parsing;
using AsyncTour.Client.Commands.Runs;
using AsyncTour.Client.Terminals;

namespace AsyncTour.Client.Commands;

/// <summary><c>runs</c>: the runs a silo knows, whoever started them.</summary>
internal static class RunsCommand
{
    public static Command Build(ConnectionOptions connection, Terminal terminal)
    {
        var command = new DocumentedCommand("runs", "Look after the runs of a silo that is already running, whoever started them.")
        {
            Examples =
            [
                ("runs list", "the runs that go on, and the last that have ended"),
                ("runs watch", "follow the newest to its end; Ctrl-C stops the watching, not the run"),
                ("runs cancel pool-k3m9x2qa", "stop a run; what has finished is kept"),
                ("runs show pool-k3m9x2qa --json", "every outcome so far, as 'run --json' prints it"),
            ],
        };
        command.Add(ListRuns.Build(connection, terminal));
        command.Add(ShowRun.Build(connection, terminal));
        command.Add(WatchRun.Build(connection, terminal));
        command.Add(CancelRun.Build(connection, terminal));
        return command;
    }

    /// <summary>The argument that names a run.</summary>
    public static Argument<string?> Which() => Reading.Argument<string>(
        "[ID|last]", "a run's id or its beginning, or last (default), the newest", Reading.Text);
}
