using System.Xml.Linq;

namespace AsyncTour.Repository.Tests;

/// <summary>Which room may use which. An arrow that is not here is a design change and needs a decision.</summary>
public sealed class ArrowTests
{
    public static TheoryData<string, string> Arrows => new()
    {
        { "Concurrency", "" },
        { "Tracing", "" },
        { "Simulator", "" },
        { "Grains", "Concurrency Tracing Simulator" },
        { "Silo", "Grains Tracing Simulator" },
        { "Simulation", "Grains Simulator Tracing" },
        { "Client", "Grains Silo Simulation Tracing Simulator" },
    };

    [Theory, MemberData(nameof(Arrows))]
    public void A_room_uses_only_the_rooms_below_it(string room, string below)
    {
        var project = XDocument.Parse(Checkout.Read($"src/{room}/AsyncTour.{room}.csproj"));
        var used = project.Descendants("ProjectReference")
            .Select(reference => Path.GetFileName(Path.GetDirectoryName(reference.Attribute("Include")!.Value))!);

        used.Except(below.Split(' ')).ShouldBeEmpty($"src/{room} must not use these");
    }

    [Fact]
    public void The_engine_is_referenced_only_where_the_build_chose_it()
    {
        foreach (var path in Checkout.Files("*.csproj", "src"))
        {
            var engines = XDocument.Parse(Checkout.Read(path)).Descendants()
                .Where(e => e.Name.LocalName is "PackageReference" or "ProjectReference")
                .Where(e => e.Attribute("Include")?.Value is { } name && (name.Contains("Microsoft.Orleans", StringComparison.Ordinal) || name.Contains("Simulator", StringComparison.Ordinal)))
                .Where(e => e.Parent!.Attribute("Condition")?.Value.Contains("$(Engine)", StringComparison.Ordinal) != true);

            engines.ShouldBeEmpty($"{path} must choose its engine by the Engine property");
        }
    }

    [Fact]
    public void No_source_is_compiled_for_one_engine_alone_except_in_a_file_that_says_so() =>
        Checkout.Files("*.cs", "src").Where(path => Checkout.Read(path).Contains("\n#if", StringComparison.Ordinal)).ShouldBeEmpty();
}
