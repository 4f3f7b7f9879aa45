using System.Globalization;
using System.Text;
using AsyncTour.Silo;

namespace AsyncTour.Grains.Bench;

/// <summary>Rows of a Markdown report, in the order in which they were measured.</summary>
/// <param name="words">What followed the command, as a reader must type it.</param>
internal sealed class Report(string words)
{
    private readonly StringBuilder _text = new();

    public void Section(string title, params string[] columns)
    {
        _text.AppendLine().Append("## ").AppendLine(title).AppendLine();
        Row(columns);
        Row([.. columns.Select(_ => "---")]);
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
        # Runs on grains, engine {Engine.Name}

        Measured with `dotnet run -c Release --project bench/Grains{words}` on {Environment.ProcessorCount} cores, .NET {Environment.Version}.
        Every ratio is between rows of this one run; absolute numbers hold for the machine alone.
        {_text}
        """);
}
