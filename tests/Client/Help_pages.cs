using AsyncTour.Client.Tests.Support;

namespace AsyncTour.Client.Tests;

public sealed class Help_pages
{
    [Theory]
    [InlineData("root", "--help")]
    [InlineData("tour", "tour --help")]
    [InlineData("run", "run --help")]
    [InlineData("compare", "compare --help")]
    [InlineData("promise", "promise --help")]
    [InlineData("promise-new", "promise new --help")]
    [InlineData("trace", "trace --help")]
    [InlineData("trace-show", "trace show --help")]
    public async Task Each_command_has_a_page(string name, string line)
    {
        using var run = await Invocation.Of(line.Split(' '));

        run.ExitCode.ShouldBe(0);
        run.Error.ShouldBeEmpty();
        Portable(run.Out).ShouldBeGolden("help-" + name);
    }

    [Fact]
    public async Task A_bare_command_line_shows_the_first_page()
    {
        using var bare = await Invocation.Of();
        using var asked = await Invocation.Of("--help");

        bare.ExitCode.ShouldBe(0);
        bare.Out.ShouldBe(asked.Out);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    public async Task No_line_is_wider_than_the_terminal(int width)
    {
        foreach (var command in (string[])["tour", "run", "compare", "promise", "trace"])
        {
            using var run = new Invocation { Width = width };
            await run.RunAsync(command, "--help");

            run.Out.Split('\n').ShouldAllBe(line => line.Length <= width);
        }
    }

    [Fact]
    public async Task Help_is_given_even_where_something_else_is_wrong()
    {
        using var run = await Invocation.Of("run", "pol", "--jbos", "3", "--help");

        run.ExitCode.ShouldBe(0);
        run.Out.ShouldContain("--max-workers K");
    }

    [Fact]
    public async Task The_version_names_the_engine()
    {
        using var run = await Invocation.Of("--version");

        run.ExitCode.ShouldBe(0);
        run.Out.ShouldStartWith("asynctour 0.");
        run.Out.ShouldContain(Silo.Engine.Name);
    }

    private static string Portable(string page) =>
        page.Replace($"here {Concurrency.Pools.Strategy.DefaultMaxWorkers})", "here #)", StringComparison.Ordinal);
}
