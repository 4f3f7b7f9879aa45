using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;
using AsyncTour.Grains.Runs.Log;

namespace AsyncTour.Grains.Tests.Runs;

public sealed class OutcomeLogTests
{
    private const int Many = 5 * OutcomeLog.BlockSize + 7;

    private static readonly DateTimeOffset Morning = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public async Task Whoever_reads_late_reads_every_outcome_as_it_was()
    {
        var log = new OutcomeLog();
        var added = Enumerable.Range(0, Many).Select(Outcome).ToList();
        added.ForEach(log.Add);
        log.Complete();

        var read = new List<Outcome>();
        OutcomePage page;
        do
        {
            page = await log.Read(read.Count, 1000, TimeSpan.Zero, TimeProvider.System);
            page.Outcomes.Length.ShouldBePositive();
            read.AddRange(page.Outcomes);
            page.Next.ShouldBe(read.Count);
        }
        while (!page.IsLast);

        log.Count.ShouldBe(Many);
        read.ShouldBe(added);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(OutcomeLog.BlockSize)]
    [InlineData(Many - 1)]
    public async Task One_job_is_found_wherever_it_is_kept(int index)
    {
        var log = new OutcomeLog();
        Enumerable.Range(0, Many).Reverse().Select(Outcome).ToList().ForEach(log.Add);

        (await log.FindAsync(index, TimeSpan.Zero, TimeProvider.System)).ShouldBe(Outcome(index));
        log.Find(Many).ShouldBeNull();
    }

    [Fact]
    public async Task A_cursor_beyond_the_end_is_refused()
    {
        var log = new OutcomeLog();
        log.Add(Outcome(0));

        (await Should.ThrowAsync<RefusedException>(() => log.Read(2, 10, TimeSpan.Zero, TimeProvider.System)))
            .Message.ShouldContain("cursor 2");
    }

    // One of each kind, again and again.
    private static Outcome Outcome(int i) => (i % 7) switch
    {
        0 => Jobs.Outcome.NeverStarted(new Job(i, "sleep", "1s", $"{i}"), "not started: the goal was met"),
        1 => new(i, $"{i}", JobStatus.Succeeded, $"{i}", null, i % 64, "silo-1", 1, Morning.AddTicks(i * 17L), Morning.AddTicks(i * 19L)),
        2 => new(i, "key, ü", JobStatus.Succeeded, "200, 5 bytes", null, i % 64, $"silo-{i % 3}", 1, Morning.AddTicks(-i), Morning.AddHours(i)),
        3 => new(i, "", JobStatus.Failed, null, "no luck", 3, "silo-1", 2, Morning, Morning, "rate 50/s"),
        4 => new(i, "k", JobStatus.Succeeded, "", null, 0, "silo-1", 1, Morning, Morning),
        5 => new(i, $"0{i}", JobStatus.Unknown, null, "no answer", 9, null, 5, Morning, Morning),
        _ => new(i, "k", JobStatus.Succeeded, null, null, 0, "silo-1", 1, Morning, Morning, "per-key 2 (k)"),
    };
}
