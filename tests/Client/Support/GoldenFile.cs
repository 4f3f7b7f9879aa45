using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace AsyncTour.Client.Tests.Support;

/// <summary>
/// Texts that people or programs read, kept as files. A wanted change is taken over with the environment variable
/// UPDATE_GOLDEN=1.
/// </summary>
internal static partial class GoldenFile
{
    public static void ShouldBeGolden(this string actual, string name, [CallerFilePath] string here = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(here)!, "Golden", name + ".txt");
        var text = Normal(actual);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, text);
        }

        (File.Exists(path) ? File.ReadAllText(path) : "").ShouldBe(text, $"{name}.txt is not what is printed; UPDATE_GOLDEN=1 takes it over");
    }

    /// <summary>Timings, ids and what depends on the machine, masked.</summary>
    public static string Masked(this string text)
    {
        text = text.Replace(Silo.Engine.Name, "ENGINE", StringComparison.Ordinal);
        text = Id().Replace(text, "${strategy}-########");
        text = Seconds().Replace(text, "${name}#");
        text = Time().Replace(text, "# ms");
        text = Share().Replace(text, "# %");
        return Hex().Replace(text, "########");
    }

    private static string Normal(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(static line => line.TrimEnd()));

    [GeneratedRegex("(?<strategy>sequential|wait-all|first-completed|pool|executor)-[0-9a-z]{8}", RegexOptions.ExplicitCapture)]
    private static partial Regex Id();

    [GeneratedRegex("""(?<name>"(wall|ideal|started|finished)Seconds":|"efficiency":)[0-9.eE+-]+""", RegexOptions.ExplicitCapture)]
    private static partial Regex Seconds();

    [GeneratedRegex(" *[0-9.]+ (µs|ms|s)\\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Time();

    [GeneratedRegex(" *[0-9.]+ %", RegexOptions.ExplicitCapture)]
    private static partial Regex Share();

    [GeneratedRegex("\\b([0-9a-f]{32}|[0-9a-f]{8})\\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Hex();
}
