using AsyncTour.Tracing.Rendering;
using Spectre.Console;

namespace AsyncTour.Client.Rendering;

/// <summary>Puts lines that the tracing room drew on a page: markup where there is colour, the same characters where not.</summary>
internal static class DrawnLines
{
    /// <summary>Whether this page takes markup.</summary>
    public static bool IsColored(IAnsiConsole page) => page.Profile.Capabilities.Ansi;

    /// <summary>How to draw for this page.</summary>
    public static WaterfallOptions Options(IAnsiConsole page, int indent = 0) =>
        new() { Width = page.Profile.Width - indent, Colour = IsColored(page) };

    /// <summary>Writes the lines.</summary>
    public static void Write(IAnsiConsole page, IEnumerable<string> lines, int indent = 0)
    {
        var margin = new string(' ', indent);
        foreach (var line in lines)
        {
            // Plain lines go out as they are: a page that measured them might break them.
            if (IsColored(page))
            {
                page.MarkupLine(margin + line);
            }
            else
            {
                page.Profile.Out.Writer.WriteLine(margin + line);
            }
        }
    }
}
