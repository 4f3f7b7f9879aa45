using System.Globalization;
using System.Text;

namespace AsyncTour.Simulator.Bench;

/// <summary>Rows of a Markdown report, in the order in which they were measured.</summary>
internal sealed class Report(string command)
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

    public string ToMarkdown() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        # Calls of the Simulator

        Measured with `{command}`
        on {Environment.ProcessorCount} cores, .NET {Environment.Version}, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}.
        The program wrote this page. Absolute numbers hold for the machine alone; what carries over is a ratio of two rows of one run.
        {_text}
        """);
}
