using AsyncTour.Client.Rendering;
using AsyncTour.Client.Runs;
using AsyncTour.Client.Terminals;
using AsyncTour.Client.Tests.Support;
using AsyncTour.Grains.Runs;

namespace AsyncTour.Client.Tests;

public sealed class Lists_of_runs
{
    private static readonly DateTimeOffset Now = new(2026, 6, 20, 12, 0, 0, TimeSpan.Zero);

    private static readonly CataloguedRun[] Runs =
    [
        Run("pool-k3m9x2qa", RunState.Running, TimeSpan.FromSeconds(12), new Ledger(1_000, 480, 2, 0, 0, 0, 506, 12)),
        Run("pool-0c7wq1zz", RunState.Stopping, TimeSpan.FromMinutes(3), new Ledger(100, 10, 0, 4, 0, 0, 80, 6)),
        Run("first-completed-8rt5vb2n", RunState.Ended, TimeSpan.FromHours(2), new Ledger(10, 10, 0, 0, 0, 0, 0, 0)),
        Run("executor-1b4np0dx", RunState.Ended, TimeSpan.FromDays(5), new Ledger(1_000_000, 999_000, 600, 100, 200, 50, 50, 0)),
    ];

    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(140)]
    public void A_person_reads_a_table_that_fits_the_terminal(int width)
    {
        var text = Text(Runs, width, isTerminal: true);

        text.ShouldBeGolden($"runs-list-{Math.Min(width, 100)}");
        ShouldBeALineEach(text, Runs.Length, width);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    public void No_line_is_ever_wrapped(int width)
    {
        CataloguedRun[] runs = [.. Runs, Run(new string('x', 120), RunState.Ended, TimeSpan.FromDays(5_000), new Ledger(100_000_000, 12_345_678, 60_000_000, 1, 1, 1, 27_654_319, 0))];

        ShouldBeALineEach(Text(runs, width, isTerminal: true), runs.Length, width);
    }

    [Fact]
    public void A_pipe_gets_a_line_each_with_every_count() =>
        Text(Runs, Terminal.PlainWidth, isTerminal: false).ShouldBeGolden("runs-list-piped");

    private static void ShouldBeALineEach(string text, int runs, int width)
    {
        var lines = text.TrimEnd().Split(Environment.NewLine);
        lines.Length.ShouldBe(runs + 1);
        lines.ShouldAllBe(line => line.Length <= width);
    }

    private static string Text(IReadOnlyList<CataloguedRun> runs, int width, bool isTerminal)
    {
        using var text = new StringWriter();
        new RunListPage(new Terminal
        {
            OpenInput = static () => Stream.Null,
            Out = text,
            Error = TextWriter.Null,
            OutIsTerminal = isTerminal,
            WantsColor = false,
            Width = width,
            Time = new StoppedClock(),
            Random = new Random(1),
        }).Write(runs);
        return text.ToString();
    }

    private static CataloguedRun Run(string id, RunState state, TimeSpan age, Ledger ledger) => new(id, "pool", state, Now - age, ledger);

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
