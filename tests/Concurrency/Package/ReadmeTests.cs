using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using AsyncTour.Concurrency.Tests.Turns;

namespace AsyncTour.Concurrency.Tests.Package;

/// <summary>What the package's README shows compiles, runs and does what it says.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public void every_line_of_code_in_the_readme_is_compiled_here()
    {
        string[] compiled = [.. File.ReadLines(Beside("ReadmeSnippets.cs")).Select(line => line.Trim())];

        string[] shown = [.. Snippet().Matches(File.ReadAllText(Beside("../../../src/Concurrency/README.md")))
            .SelectMany(snippet => snippet.Groups["code"].Value.Split('\n'))
            .Select(line => line.Trim())
            .Where(line => line.Length > 0)];

        shown.Length.ShouldBeGreaterThan(10);
        shown.Except(compiled, StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void the_pages_come_in_order_and_a_failure_is_told()
    {
        using var console = new StringWriter { NewLine = "\n" };
        Uri[] urls = [new("http://one/"), new("http://two/"), new("http://three/")];

        TurnScheduler.Run(async _ => await ReadmeSnippets.ReadPagesAsync(
            urls,
            (url, _) => url.Host == "two" ? throw new IOException("no such host") : new ValueTask<string>($"page of {url.Host}"),
            console));

        console.ToString().ShouldBe("page of one\nhttp://two/ failed: no such host\npage of three\n");
    }

    [Fact]
    public void the_task_prints_as_shown() => TurnScheduler.Run(async turn =>
    {
        (string pending, string finished, string name) = await ReadmeSnippets.AskNameAsync(new(turn.Time));

        pending.ShouldMatch(@"^<Task pending name='Task-\d+' coro=<WhatsYourName\(\)>>$");
        finished.ShouldMatch(@"^<Task finished name='Task-\d+' coro=<WhatsYourName\(\)> result='Sam'>$");
        name.ShouldBe("Sam");
    });

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Snippet();

    private static string Beside(string file, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, file);
}
