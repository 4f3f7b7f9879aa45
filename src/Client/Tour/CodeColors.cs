using System.Text;
using System.Text.RegularExpressions;
using AsyncTour.Client.Rendering;
using Spectre.Console;

namespace AsyncTour.Client.Tour;

/// <summary>Colours a line of code: keywords, texts, comments. Without colour the line is the same characters.</summary>
internal static partial class CodeColors
{
    /// <summary>A line of C#, as markup.</summary>
    public static string CSharp(string line) => Color(line, CSharpParts());

    /// <summary>A line of Python, as markup.</summary>
    public static string Python(string line) => Color(line, PythonParts());

    private static string Color(string line, Regex parts)
    {
        var markup = new StringBuilder();
        var at = 0;
        foreach (Match match in parts.Matches(line))
        {
            markup.Append(line[at..match.Index].EscapeMarkup());
            var color = match.Groups["word"].Success ? "blue" : match.Groups["text"].Success ? "green" : Palette.Quiet;
            markup.Append('[').Append(color).Append(']').Append(match.Value.EscapeMarkup()).Append("[/]");
            at = match.Index + match.Length;
        }

        return markup.Append(line[at..].EscapeMarkup()).ToString();
    }

    [GeneratedRegex("""(?<note>//.*$)|(?<text>\$?"[^"]*")|(?<word>\b(await|async|var|new|return|null|foreach|in|using|static|int|string|true|false|try|catch|throw|yield|is|not)\b)""", RegexOptions.ExplicitCapture)]
    private static partial Regex CSharpParts();

    [GeneratedRegex("""(?<note>#.*$)|(?<text>f?'[^']*'|f?"[^"]*")|(?<word>\b(await|async|def|for|in|while|with|as|and|return|yield|from|import|not|if|None|class|print)\b)""", RegexOptions.ExplicitCapture)]
    private static partial Regex PythonParts();
}
