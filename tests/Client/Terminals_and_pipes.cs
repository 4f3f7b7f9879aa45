using AsyncTour.Client.Tests.Support;

namespace AsyncTour.Client.Tests;

public sealed class Terminals_and_pipes
{
    private const char Escape = '\u001b';

    [Theory]
    [InlineData(false, true, false)]
    [InlineData(true, false, false)]
    [InlineData(true, true, true)]
    public async Task Colour_is_for_terminals_that_want_it(bool isTerminal, bool wantsColor, bool isColored)
    {
        using var run = new Invocation { IsTerminal = isTerminal, WantsColor = wantsColor };
        await run.RunAsync("run", "pool", "--jobs", "2", "--duration", "1ms");

        run.Out.Contains(Escape, StringComparison.Ordinal).ShouldBe(isColored);
    }

    [Fact]
    public async Task A_pipe_sees_no_progress()
    {
        using var run = await Invocation.Of("run", "sequential", "--jobs", "2", "--duration", "300ms");

        run.Error.ShouldBeEmpty();
    }

    // 600 ms of real time: the line is drawn after 400.
    [Fact]
    public async Task A_terminal_sees_how_far_the_run_has_come_and_then_the_line_is_gone()
    {
        using var run = new Invocation { IsTerminal = true };
        await run.RunAsync("run", "sequential", "--jobs", "2", "--duration", "300ms");

        run.Error.ShouldContain("1 of 2 · 1 running · ETA");
        run.Error.ShouldEndWith(" \r");
    }
}
