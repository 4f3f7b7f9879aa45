using System.CommandLine;
using System.CommandLine.Help;
using AsyncTour.Client.Commands.Parsing;
using AsyncTour.Client.Terminals;

namespace AsyncTour.Client.Commands;

/// <summary>All commands, under one root.</summary>
internal static class CommandTree
{
    /// <summary>Builds the tree for one command line.</summary>
    public static RootCommand Build(Terminal terminal)
    {
        var root = new RootCommand("AsyncTour: Python's concurrency toolbox on Orleans virtual actors. Slow jobs are grain calls, a coordinator grain runs the strategies, and every claim can be checked in a trace.");
        root.Options.Clear();
        root.Directives.Clear();
        var connection = new ConnectionOptions();
        connection.AddTo(root);
        root.Add(new HelpOption("--help", "-h", "-?") { Description = "this page" });
        root.Add(VersionOption(terminal));
        root.Add(TourCommand.Build(connection, terminal));
        root.Add(RunCommand.Build(connection, terminal));
        root.Add(CompareCommand.Build(connection, terminal));
        root.Add(TraceCommand.Build(connection, terminal));
        return root;
    }

    private static Option<bool> VersionOption(Terminal terminal)
    {
        var option = Reading.Flag("--version", "the program's version");
        option.Action = new PrintVersion(terminal);
        return option;
    }
}
