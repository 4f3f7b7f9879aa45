using System.CommandLine;
using AsyncTour.Client.Commands.Help;
using AsyncTour.Client.Commands.Parsing;
using AsyncTour.Client.Rendering;
using AsyncTour.Client.Terminals;
using AsyncTour.Client.Tour;
using Spectre.Console;

namespace AsyncTour.Client.Commands;

/// <summary><c>tour [CHAPTER]</c>: the notebook, cell by cell.</summary>
internal static class TourCommand
{
    public static Command Build(ConnectionOptions connection, Terminal terminal)
    {
        var command = new DocumentedCommand("tour", "The notebook, cell by cell, on grains: what Python printed, what happened here, wall beside ideal.")
        {
            Examples =
            [
                ("tour", "all chapters, in about ten seconds"),
                ("tour first-completed", "one chapter"),
                ("tour --list", "the chapters"),
            ],
        };
        var names = TourGuide.Chapters.Select(static chapter => chapter.Name).ToList();
        var chapter = Reading.Argument<string>("[CHAPTER]", "a chapter's name; all of them when left out", Reading.Word("chapter", "chapters", names));
        var list = Reading.Flag("--list", "list the chapters and run nothing");
        command.Add(chapter);
        command.AddSection("options", list);
        command.SetAction(async (parsed, _) => parsed.GetValue(list)
            ? List(terminal.Page())
            : await RunAsync([.. TourGuide.Chapters.Where(c => parsed.GetValue(chapter) is not { } name || c.Name == name)], connection, parsed, terminal));
        return command;
    }

    private static int List(IAnsiConsole page)
    {
        foreach (var part in TourGuide.Chapters.GroupBy(static chapter => chapter.Part))
        {
            page.MarkupLine($"[{Palette.Heading}]{TourGuide.PartTitle(part.Key).EscapeMarkup()}[/]");
            foreach (var chapter in part)
            {
                page.MarkupLine($"  [{Palette.Strong}]{chapter.Name,-22}[/] {chapter.Title.EscapeMarkup(),-40} [{Palette.Quiet}]{chapter.Cells.EscapeMarkup()}[/]");
            }
        }

        return ExitCode.Success;
    }

    private static async Task<int> RunAsync(IReadOnlyList<Chapter> chapters, ConnectionOptions connection, ParseResult parsed, Terminal terminal)
    {
        await using var session = await Session.OpenAsync(
            await connection.SiloAsync(parsed, terminal.Interrupted), connection.Recording(parsed, json: false), terminal, json: false);
        var page = new TourPage(session.Page);
        var stage = new TourStage(session, page);
        var part = 0;
        foreach (var chapter in chapters)
        {
            if (chapter.Part != part)
            {
                page.Part(part = chapter.Part);
            }

            page.Open(chapter, TourGuide.Chapters.ToList().IndexOf(chapter) + 1);
            await chapter.ShowAsync(stage);
            if (terminal.Interrupted.IsCancellationRequested)
            {
                return ExitCode.Interrupted;
            }

            page.PutRight(chapter.PutRight);
        }

        if (stage.Remembered.Count > 1)
        {
            page.Close(stage.Remembered);
        }

        return stage.Remembered.All(static run => run.Status.Ledger.AllSucceeded) ? ExitCode.Success : ExitCode.SomeJobDidNot;
    }
}
