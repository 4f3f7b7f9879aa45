using System.Globalization;
using System.Text;

namespace AsyncTour.Bench;

/// <summary>Rows of a Markdown report, in the order in which they were measured.</summary>
/// <param name="heading">What the page begins with: its title, and how it was measured.</param>
internal sealed class Report(string heading)
{
    private readonly StringBuilder _text = new();

    public void Section(string title, params string[] columns)
    {
        _text.AppendLine().Append("## ").AppendLine(title).AppendLine();
        Row(columns);
        Row([.. columns.Select(static (_, index) => index == 0 ? "---" : "---:")]);
    }

    public void Row(params string[] cells)
    {
        var line = "| " + string.Join(" | ", cells) + " |";
        _text.AppendLine(line);
        Console.Error.WriteLine(line);
    }

    public void Say(string sentence) => _text.AppendLine().AppendLine(sentence);

    public static string Number(double value, string format = "N0") => value.ToString(format, CultureInfo.InvariantCulture);

    public string ToMarkdown() => heading + Environment.NewLine + _text;
}
