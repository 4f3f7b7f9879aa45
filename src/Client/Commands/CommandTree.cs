using System.CommandLine;
using System.CommandLine.Help;
using AsyncTour.Client.Commands.Help;
using AsyncTour.Client.Commands.Parsing;
using AsyncTour.Client.Terminals;

namespace AsyncTour.Client.Commands;

/// <summary>All commands, under one root.</summary>
internal static class CommandTree
{
    /// <summary>Builds the tree for one command line.</summary>
    public static DocumentedRoot Build(Terminal terminal)
    {
        var root = new DocumentedRoot("AsyncTour: Python's concurrency toolbox on Orleans virtual actors. Slow jobs are grain calls, a coordinator grain runs the strategies, and every claim can be checked in a trace.")
        {
            Examples =
            [
                ("tour", "start here: the notebook, cell by cell, in about ten seconds"),
                ("run pool --max-workers 3 --jobs 10 --duration 0..1s --seed 42", "ten jobs of up to a second, three at once, and their waterfall"),
                ("run pool --kind http --input urls.txt --max-workers 3", "the same with real URLs, one a line"),
                ("compare --jobs 100 --duration exp:200ms --seed 7", "every strategy on the same jobs"),
                ("promise wait answer", "await what another terminal will set: promise new, set, fail, cancel"),
                ("run --help", "every option of a command"),
            ],
        };
        root.Options.Clear();
        root.Directives.Clear();
        var connection = new ConnectionOptions();
        connection.AddTo(root);
        root.Add(new HelpOption("--help", "-h", "-?") { Description = "this page" });
        root.Add(VersionOption(terminal));
        root.Add(TourCommand.Build(connection, terminal));
        root.Add(RunCommand.Build(connection, terminal));
        root.Add(CompareCommand.Build(connection, terminal));
        root.Add(RunsCommand.Build(connection, terminal));
        root.Add(PromiseCommand.Build(connection, terminal));
        root.Add(TraceCommand.Build(connection, terminal));
        root.Add(SimulateCommand.Build(connection, terminal));
        return root;
    }

    private static Option<bool> VersionOption(Terminal terminal)
    {
        var option = Reading.Flag("--version", "the program's version");
        option.Action = new PrintVersion(terminal);
        return option;
    }
}
