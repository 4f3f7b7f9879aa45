using System.Text;
using Spectre.Console;

namespace AsyncTour.Tracing.Rendering;

/// <summary>
/// One line for the terminal, made of pieces of text with a Spectre style each. Plain and coloured output are the same
/// characters: colour only ever adds. Control characters in the text are shown as U+FFFD, so that a job's name cannot
/// steer the terminal.
/// </summary>
internal sealed class StyledLine
{
    private readonly List<(string Text, string Style)> _pieces = [];

    public StyledLine Add(string text, string style = "")
    {
        if (text.Length > 0)
            _pieces.Add((Printable(text), style));
        return this;
    }

    public string ToString(bool colour) => colour ? ToMarkup() : ToPlain();

    private string ToPlain() => string.Concat(_pieces.Select(static p => p.Text)).TrimEnd();

    private string ToMarkup()
    {
        var markup = new StringBuilder();
        foreach (var (text, style) in _pieces)
        {
            if (style.Length == 0)
                markup.Append(Markup.Escape(text));
            else
                markup.Append('[').Append(style).Append(']').Append(Markup.Escape(text)).Append("[/]");
        }

        return markup.ToString();
    }

    private static string Printable(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(static c => char.IsControl(c) ? '\uFFFD' : c)) : text;
}
