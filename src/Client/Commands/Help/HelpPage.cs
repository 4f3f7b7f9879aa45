using System.CommandLine;
using AsyncTour.Client.Commands.Parsing;
using AsyncTour.Client.Rendering;
using Spectre.Console;

namespace AsyncTour.Client.Commands.Help;

/// <summary>The page <c>--help</c> shows: what the command does, how it is written, its options, examples.</summary>
internal sealed class HelpPage(IAnsiConsole page)
{
    private const int Column = 29;

    /// <summary>Prints the page of one command.</summary>
    public void Write(Command command)
    {
        page.WriteLine();
        Paragraph(command.Description ?? "");
        Heading("usage");
        page.WriteLine("  " + Usage(command));
        Arguments(command);
        Commands(command);
        if (command is IDocumented documented)
        {
            foreach (var (title, options) in documented.Sections)
            {
                Options(title, options);
            }
        }

        Everywhere(command);
        if (command is IDocumented { Examples.Count: > 0 } example)
        {
            Examples(example);
        }

        page.WriteLine();
    }

    private static string Usage(Command command) => string.Join(' ', Words(command));

    private static IEnumerable<string> Words(Command command)
    {
        yield return command is RootCommand ? "asynctour" : "asynctour " + UsageError.PathOf(command);
        if (command.Subcommands.Count > 0)
        {
            yield return "COMMAND";
        }

        foreach (var argument in command.Arguments)
        {
            yield return argument.HelpName ?? argument.Name;
        }

        yield return "[options]";
    }

    private void Arguments(Command command)
    {
        foreach (var argument in command.Arguments.Where(static a => a.Description is not null))
        {
            page.WriteLine();
            Row(argument.Name, argument.Description!);
        }
    }

    private void Commands(Command command)
    {
        if (command.Subcommands.Count == 0)
        {
            return;
        }

        Heading("commands");
        foreach (var child in command.Subcommands.Where(static c => !c.Hidden))
        {
            Row(string.Join(' ', [child.Name, .. child.Arguments.Select(static a => a.HelpName ?? a.Name), .. Children(child)]), child.Description ?? "");
        }
    }

    private static IEnumerable<string> Children(Command command) =>
        command.Subcommands.Count == 0 ? [] : [string.Join('|', command.Subcommands.Select(static c => c.Name))];

    private void Options(string title, IEnumerable<Option> options)
    {
        Heading(title);
        foreach (var option in options.Where(static o => !o.Hidden))
        {
            Row(option.HelpName is { } value ? $"{option.Name} {value}" : option.Name, option.Description ?? "");
        }
    }

    private void Everywhere(Command command)
    {
        var root = command;
        while (root.Parents.OfType<Command>().FirstOrDefault() is { } parent)
        {
            root = parent;
        }

        Options("everywhere", root.Options.Where(o => o.Recursive || root == command));
    }

    private void Examples(IDocumented command)
    {
        Heading("examples");
        foreach (var (line, gloss) in command.Examples)
        {
            page.MarkupLine($"  [{Palette.Strong}]asynctour {line.EscapeMarkup()}[/]");
            page.MarkupLine($"      [{Palette.Quiet}]{gloss.EscapeMarkup()}[/]");
        }
    }

    private void Heading(string title)
    {
        page.WriteLine();
        page.MarkupLine($"[{Palette.Heading}]{title.ToUpperInvariant()}[/]");
    }

    private void Paragraph(string text)
    {
        foreach (var line in TextLines.Wrap(text, page.Profile.Width - 2))
        {
            page.WriteLine(line);
        }
    }

    private void Row(string name, string text)
    {
        var lines = TextLines.Wrap(text, page.Profile.Width - Column - 4).ToList();
        if (name.Length > Column)
        {
            page.MarkupLine($"  [{Palette.Strong}]{name.EscapeMarkup()}[/]");
            name = "";
        }

        page.MarkupLine($"  [{Palette.Strong}]{name.PadRight(Column).EscapeMarkup()}[/] {lines.FirstOrDefault("").EscapeMarkup()}");
        foreach (var line in lines.Skip(1))
        {
            page.WriteLine(new string(' ', Column + 3) + line);
        }
    }
}
