using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AsyncTour.Silo.Tests.Support;

/// <summary>The repository's compose file, read as far as these tests need: lists are written in JSON's form there.</summary>
internal static partial class ComposeFile
{
    public static string Path { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(Here(), "..", "..", "..", "docker-compose.yml"));

    public static string Text { get; } = File.ReadAllText(Path);

    /// <summary>The services by name, each with its own lines.</summary>
    public static IReadOnlyDictionary<string, string> Services { get; } = Service()
        .Matches(Text[Text.IndexOf("\nservices:", StringComparison.Ordinal)..])
        .Where(match => match.Groups["body"].Value.Contains("command:", StringComparison.Ordinal) || match.Groups["body"].Value.Contains("image:", StringComparison.Ordinal))
        .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["body"].Value, StringComparer.Ordinal);

    public static IEnumerable<string> Silos => Services.Keys.Where(static name => name.StartsWith("silo-", StringComparison.Ordinal));

    /// <summary>A list of a service, such as its command.</summary>
    public static string[] List(string service, string key) =>
        JsonSerializer.Deserialize<string[]>(Regex.Match(Services[service], $@"^ +{key}: (\[.*\])$", RegexOptions.Multiline).Groups[1].Value)!;

    private static string Here([CallerFilePath] string path = "") => System.IO.Path.GetDirectoryName(path)!;

    [GeneratedRegex(@"^  (?<name>[a-z0-9-]+):\n(?<body>(?:(?:    .*)?\n)+)", RegexOptions.Multiline)]
    private static partial Regex Service();
}
