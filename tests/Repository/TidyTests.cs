using System.Text.RegularExpressions;

namespace AsyncTour.Repository.Tests;

/// <summary>The house rules that a compiler does not hold.</summary>
public sealed partial class TidyTests
{
    private const int LongestFile = 400;

    // Its one real delay is the mistake that the virtual clock must catch.
    private const string LeavesOnPurpose = "tests/Simulator/Time/VirtualGrains.cs";

    [Fact]
    public void No_file_hides_two_ideas() =>
        Checkout.Files("*.cs", "src", "tests", "bench")
            .Where(path => Checkout.Read(path).Count(c => c == '\n') > LongestFile)
            .ShouldBeEmpty($"files over {LongestFile} lines");

    [Fact]
    public void Nothing_is_left_open() =>
        Checkout.Files("*.cs", "src", "tests", "bench")
            .Where(path => path != "tests/Repository/TidyTests.cs" && OpenEnds().IsMatch(Checkout.Read(path)))
            .ShouldBeEmpty();

    // A delay on a test's own clock sleeps nobody.
    [Fact]
    public void No_test_sleeps() =>
        Checkout.Files("*.cs", "tests")
            .Where(path => path is not ("tests/Repository/TidyTests.cs" or LeavesOnPurpose) && Sleeps().IsMatch(Checkout.Read(path)))
            .ShouldBeEmpty();

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Checkout.Read("AsyncTour.Orleans.sln").Replace('\\', '/');

        Checkout.Files("*.csproj").Where(path => !solution.Contains(path, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_link_between_documents_leads_somewhere()
    {
        foreach (var path in Checkout.Files("*.md").Where(path => !path.StartsWith("bench/reports/", StringComparison.Ordinal)))
        {
            var folder = Path.GetDirectoryName(path)!;
            var dead = Links().Matches(Checkout.Read(path)).Select(link => link.Groups[1].Value)
                .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#'))
                .Where(target => !Path.Exists(Path.Combine(Checkout.Root, folder, target.Split('#')[0])));

            dead.ShouldBeEmpty($"links in {path}");
        }
    }

    [Fact]
    public void Every_package_has_one_version_in_one_place() =>
        Checkout.Files("*.csproj").Where(path => PackageVersions().IsMatch(Checkout.Read(path))).ShouldBeEmpty();

    [Fact]
    public void Every_decision_says_its_context_its_choice_and_its_cost()
    {
        foreach (var path in Checkout.Files("0*.md", "docs/decisions"))
        {
            var text = Checkout.Read(path);
            foreach (var heading in new[] { "## Context", "## Choice", "## What it costs" })
            {
                text.ShouldContain(heading, customMessage: path);
            }
        }
    }

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException")]
    private static partial Regex OpenEnds();

    [GeneratedRegex(@"Thread\.Sleep\(|Task\.Delay\((?![^;]*([Tt]ime\b|Infinite))")]
    private static partial Regex Sleeps();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Links();

    [GeneratedRegex("<PackageReference [^>]*Version=")]
    private static partial Regex PackageVersions();
}
