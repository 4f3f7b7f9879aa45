using AsyncTour.Tracing.Analysis;
using AsyncTour.Tracing.Rendering;
using Spectre.Console;

namespace AsyncTour.Client.Rendering;

/// <summary>Puts a run's waterfall on a page.</summary>
internal static class WaterfallText
{
    /// <summary>Writes the picture, with or without its heading and its numbers.</summary>
    public static void Write(IAnsiConsole page, RunTimeline timeline, bool isWhole, int indent = 0, int maxRows = 32)
    {
        var isColored = page.Profile.Capabilities.Ansi;
        var options = new WaterfallOptions { Width = page.Profile.Width - indent, Colour = isColored, BarsOnly = !isWhole, MaxRows = maxRows };
        var margin = new string(' ', indent);
        foreach (var line in Waterfall.Lines(timeline, options))
        {
            // Plain lines go out as they are: a page that measured them might break them.
            if (isColored)
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
