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

    [Theory]
    [InlineData("--help")]
    [InlineData("run", "pool", "--jobs", "2", "--duration", "1ms")]
    [InlineData("run", "pool", "--jobs", "2", "--duration", "1ms", "--json")]
    public async Task An_answer_that_cannot_be_written_is_told_of_in_one_sentence(params string[] args)
    {
        await using var full = new StreamWriter(new FullDisk()) { AutoFlush = true };
        using var run = new Invocation { Output = full };
        await run.RunAsync(args);

        run.ExitCode.ShouldBe(1);
        run.Error.TrimEnd().Split(Environment.NewLine)[^1].ShouldBe("asynctour: the answer could not be written: No space left on device");
    }

    [Theory]
    [InlineData("run")]
    [InlineData("run", "--json")]
    public async Task Traces_that_cannot_be_written_cost_the_picture_and_nothing_else_and_one_line_says_why(string command, params string[] more)
    {
        using var folder = new TempFolder();
        using var run = new Invocation { Traces = Path.Combine(folder.Write("a-file", ""), "traces") };
        await run.RunAsync([command, "pool", "--jobs", "2", "--duration", "1ms", .. more]);

        run.ExitCode.ShouldBe(0);
        (run.Out + run.Error).ShouldContain("2 jobs = 2 succeeded");
        var line = run.Error.TrimEnd().Split(Environment.NewLine)[^1];
        line.ShouldMatch("^asynctour: [0-9]+ spans were not recorded \\(.*a-file.*\\); --traces DIR records elsewhere, --traces none leaves them out$");
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

    private sealed class FullDisk : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("No space left on device");

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (!buffer.IsEmpty)
            {
                throw new IOException("No space left on device");
            }
        }
    }
}
