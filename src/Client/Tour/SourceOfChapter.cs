namespace AsyncTour.Client.Tour;

/// <summary>The C# a chapter runs, cut from the very file it was compiled from, which the assembly carries with it.</summary>
internal static class SourceOfChapter
{
    private const string Begin = "#region shown";
    private const string End = "#endregion";

    /// <summary>The shown lines, with the indentation they share taken away.</summary>
    public static IReadOnlyList<string> Lines(Type chapter)
    {
        var name = $"Tour/{chapter.Name}.cs";
        using var stream = chapter.Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly does not carry {name}: a chapter's file is named after its class.");
        using var reader = new StreamReader(stream);
        return Dedent(Cut(reader.ReadToEnd().Split('\n').Select(static line => line.TrimEnd())));
    }

    /// <summary>The lines between the marks. A file may have several such passages; a blank line stands between them.</summary>
    public static IReadOnlyList<string> Cut(IEnumerable<string> file)
    {
        var shown = new List<string>();
        var isShown = false;
        foreach (var line in file)
        {
            var mark = line.Trim();
            if (mark == Begin && shown.Count > 0)
            {
                shown.Add("");
            }
            else if (isShown && mark != End)
            {
                shown.Add(line);
            }

            isShown = mark == Begin || (isShown && mark != End);
        }

        return shown;
    }

    /// <summary>The lines without the white space that all of them begin with.</summary>
    public static IReadOnlyList<string> Dedent(IReadOnlyList<string> lines)
    {
        var indent = lines.Where(static line => line.Length > 0).Select(static line => line.Length - line.TrimStart().Length).DefaultIfEmpty(0).Min();
        return [.. lines.Select(line => line.Length >= indent ? line[indent..] : line)];
    }
}
