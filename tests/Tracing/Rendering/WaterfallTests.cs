using AsyncTour.Tracing.Conventions;
using AsyncTour.Tracing.Rendering;

namespace AsyncTour.Tracing.Tests.Rendering;

public sealed class WaterfallTests
{
    [Fact]
    public void Ten_jobs_on_three_workers_look_like_this() =>
        Golden.Matches("waterfall-pool.txt", Waterfall.Text(Bars.PoolOfThree(), new WaterfallOptions { Width = 80 }));

    [Fact]
    public void Jobs_that_did_not_succeed_are_told_apart_without_colour() =>
        Golden.Matches("waterfall-failures.txt", Waterfall.Text(
            Bars.Run(
                "pool",
                2,
                200,
                Bars.Job(0, 0, 0, 50, JobStatusNames.Failed),
                Bars.Job(1, 1, 0, 70),
                Bars.Job(0, 0, 60, 110, attempt: 2),
                Bars.Job(2, 1, 71, 150, JobStatusNames.TimedOut),
                Bars.Job(3, 0, 111, 190, JobStatusNames.Cancelled)),
            new WaterfallOptions { Width = 80 }));

    [Fact]
    public void Workers_on_several_silos_stand_by_silo_and_one_that_moved_says_so() =>
        Waterfall.Lines(
            Bars.Run(
                "pool",
                4,
                200,
                Bars.Job(0, 0, 0, 100) with { Silo = "silo-1" },
                Bars.Job(1, 1, 0, 60) with { Silo = "silo-2" },
                Bars.Job(2, 2, 0, 100) with { Silo = "silo-1" },
                Bars.Job(3, 10, 0, 100) with { Silo = "silo-2" },
                Bars.Job(4, 1, 100, 200, attempt: 2) with { Silo = "silo-3" }),
            new WaterfallOptions { Width = 80, BarsOnly = true })
            .Where(static line => line.Contains('│', StringComparison.Ordinal))
            .Select(static line => line[..line.IndexOf('│', StringComparison.Ordinal)].TrimEnd())
            .ShouldBe([
                "silo-1          worker 0",
                "                worker 2",
                "silo-2         worker 10",
                "silo-2→silo-3   worker 1",
            ]);

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(200)]
    public void No_row_is_wider_than_the_terminal(int width) =>
        Waterfall.Lines(Bars.PoolOfThree(), new WaterfallOptions { Width = width })
            .Where(static line => line.AsSpan().IndexOfAny("│└") >= 0)
            .ShouldAllBe(line => line.Length <= width);

    [Fact]
    public void Colour_adds_nothing_but_colour()
    {
        var plain = Waterfall.Text(Bars.PoolOfThree());
        var console = new StringWriter();
        var spectre = Spectre.Console.AnsiConsole.Create(new() { Ansi = Spectre.Console.AnsiSupport.No, Out = new Spectre.Console.AnsiConsoleOutput(console) });
        spectre.Profile.Width = 200;
        foreach (var line in Waterfall.Lines(Bars.PoolOfThree(), new WaterfallOptions { Colour = true }))
            Spectre.Console.AnsiConsoleExtensions.MarkupLine(spectre, line);
        string.Join('\n', console.ToString().Split('\n').Select(static l => l.TrimEnd())).ShouldBe(plain);
    }

    [Fact]
    public void A_name_with_control_characters_cannot_steer_the_terminal()
    {
        var run = Bars.PoolOfThree() with { Strategy = "po\u001b[2Jol [red]" };
        Waterfall.Text(run).ShouldNotContain('\u001b');
        Waterfall.Lines(run, new WaterfallOptions { Colour = true })[0].ShouldContain("[[red]]");
    }
}
