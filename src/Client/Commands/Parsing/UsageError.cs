using System.CommandLine;
using System.CommandLine.Parsing;

namespace AsyncTour.Client.Commands.Parsing;

/// <summary>Turns whatever is wrong with a command line into one sentence: what was wrong, and what is allowed.</summary>
internal static class UsageError
{
    /// <summary>The sentence for the first thing that is wrong; <c>null</c> if nothing is.</summary>
    public static string? In(ParseResult parsed) =>
        parsed.Errors.Count == 0 ? null : MissingValue(parsed) ?? Repeated(parsed) ?? Unmatched(parsed) ?? parsed.Errors[0].Message;

    /// <summary>The words that lead to a command: <c>trace show</c>.</summary>
    public static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent and not RootCommand
            ? $"{PathOf(parent)} {command.Name}"
            : command is RootCommand ? "asynctour" : command.Name;

    private static string? MissingValue(ParseResult parsed) =>
        parsed.Errors.Select(static error => error.SymbolResult).OfType<OptionResult>().FirstOrDefault(static option => option.Tokens.Count == 0) is { } bare
            ? $"{bare.Option.Name} needs a value: {bare.Option.Name} {bare.Option.HelpName}"
            : null;

    private static string? Repeated(ParseResult parsed) =>
        parsed.Errors.Select(static error => error.SymbolResult).OfType<OptionResult>().FirstOrDefault(static option => option.IdentifierTokenCount > 1) is { } twice
            ? $"{twice.Option.Name} is given {(twice.IdentifierTokenCount == 2 ? "twice" : $"{twice.IdentifierTokenCount} times")}: give it once"
            : null;

    private static string? Unmatched(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens is not [var token, ..])
        {
            return null;
        }

        var command = parsed.CommandResult.Command;
        var path = PathOf(command);
        if (token.StartsWith('-'))
        {
            return $"'{path}' has no option '{token}'{Nearest.Hint(token, OptionsOf(parsed))}: see '{path} --help'";
        }

        var names = command.Subcommands.Where(static c => !c.Hidden).Select(static c => c.Name).ToList();
        return names.Count > 0
            ? $"'{path}' has no command '{token}'{Nearest.Hint(token, names)}: there are {string.Join(", ", names)}"
            : $"'{token}' is one word too many for '{path}': see '{path} --help'";
    }

    private static IEnumerable<string> OptionsOf(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.Concat(parsed.RootCommandResult.Command.Options.Where(static o => o.Recursive))
            .Where(static option => !option.Hidden)
            .Select(static option => option.Name);
}
