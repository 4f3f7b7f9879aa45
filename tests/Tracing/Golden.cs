using System.Runtime.CompilerServices;

namespace AsyncTour.Tracing.Tests;

/// <summary>
/// Compares a text with the committed file of that name. Set ASYNCTOUR_GOLDEN=write to write the file instead, then read
/// the difference before committing it.
/// </summary>
internal static class Golden
{
    public static void Matches(string name, string actual, [CallerFilePath] string here = "")
    {
        var root = Path.GetDirectoryName(here)!;
        while (!Directory.Exists(Path.Combine(root, "Golden")))
            root = Path.GetDirectoryName(root)!;
        var path = Path.Combine(root, "Golden", name);
        if (Environment.GetEnvironmentVariable("ASYNCTOUR_GOLDEN") == "write")
            File.WriteAllText(path, actual);
        actual.ShouldBe(File.ReadAllText(path), $"{name} differs; if that is meant, run the tests once with ASYNCTOUR_GOLDEN=write");
    }
}
