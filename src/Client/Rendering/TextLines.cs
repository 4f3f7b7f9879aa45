namespace AsyncTour.Client.Rendering;

/// <summary>Breaks text into lines.</summary>
internal static class TextLines
{
    /// <summary>Lines of at most so many columns, broken between words; a longer word has a line of its own.</summary>
    public static IEnumerable<string> Wrap(string text, int columns)
    {
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > columns)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        if (line.Length > 0)
        {
            yield return line;
        }
    }

    /// <summary>At most so many columns, with … in place of what was cut off.</summary>
    public static string Cut(string text, int columns) =>
        text.Length <= columns ? text : string.Concat(text.AsSpan(0, Math.Max(0, columns - 1)), "…");
}
