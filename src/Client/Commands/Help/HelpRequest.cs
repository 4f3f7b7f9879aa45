using System.CommandLine;
using System.CommandLine.Help;

namespace AsyncTour.Client.Commands.Help;

/// <summary>Whether a command line wants a help page: it says so, or it stops before it has named what to do.</summary>
internal static class HelpRequest
{
    /// <summary>The command whose page is wanted; <c>null</c> if none is.</summary>
    public static Command? In(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var help = parsed.RootCommandResult.Command.Options.OfType<HelpOption>().Single();
        var isAsked = parsed.GetResult(help) is { Implicit: false };
        var isUnfinished = command.Subcommands.Count > 0 && command.Action is null && parsed.UnmatchedTokens.Count == 0 && parsed.Action is not PrintVersion;
        return isAsked || isUnfinished ? command : null;
    }
}
