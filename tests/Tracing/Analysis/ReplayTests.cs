using AsyncTour.Tracing.Analysis;

namespace AsyncTour.Tracing.Tests.Analysis;

public sealed class ReplayTests
{
    [Fact]
    public void Under_its_own_limit_a_replay_takes_as_long_as_the_run_did()
    {
        var run = Bars.PoolOfThree();

        Replay.Of(run, new ReplayOptions()).Wall.TotalSeconds.ShouldBe(run.Wall.TotalSeconds, tolerance: 0.05 * run.Wall.TotalSeconds);
    }

    [Theory]
    [InlineData(1, 400)]
    [InlineData(2, 200)]
    [InlineData(4, 100)]
    [InlineData(8, 50)]
    public void Eight_equal_jobs_take_as_many_rounds_as_there_must_be(int workers, double wallMs)
    {
        var run = Bars.Run("pool", 4, 100, [.. Enumerable.Range(0, 8).Select(static i => Bars.Job(i, i % 4, 50 * (i / 4), 50 * (i / 4) + 50) with { Queued = Bars.Ms(50 * (i / 4)) })]);

        Replay.Of(run, new ReplayOptions { MaxWorkers = workers }).Wall.ShouldBe(Bars.Ms(wallMs));
    }

    [Fact]
    public void The_longest_first_is_shorter_when_a_long_job_came_last()
    {
        var run = Bars.Run("pool", 2, 110, Bars.Job(0, 0, 0, 10), Bars.Job(1, 1, 0, 10), Bars.Job(2, 0, 10, 110));

        Replay.Of(run, new ReplayOptions { Order = ReplayOrder.LongestFirst }).Wall.ShouldBe(Bars.Ms(100));
    }

    [Fact]
    public void Sequential_is_the_sum_and_wait_all_the_longest()
    {
        var run = Bars.Run("pool", 2, 20, Bars.Job(0, 0, 0, 10), Bars.Job(1, 1, 0, 20));

        Replay.Of(run, new ReplayOptions { Strategy = "sequential" }).Wall.ShouldBe(Bars.Ms(30));
        Replay.Of(run, new ReplayOptions { Strategy = "wait-all" }).Wall.ShouldBe(Bars.Ms(20));
    }

    [Fact]
    public void A_job_that_was_submitted_late_does_not_start_before_that()
    {
        var late = Bars.Job(1, 0, 50, 60) with { Queued = TimeSpan.Zero };
        var run = Bars.Run("pool", 1, 60, Bars.Job(0, 0, 0, 10), late);

        Replay.Of(run, new ReplayOptions { MaxWorkers = 8 }).Wall.ShouldBe(Bars.Ms(60));
    }

    [Fact]
    public void A_job_that_was_held_back_because_the_workers_were_busy_would_have_come_sooner_to_more_workers()
    {
        // Four jobs of 10 ms on one worker, whose input was let in two at a time: the last two were submitted at 10 ms.
        var run = Bars.Run("pool", 1, 40, Job(0, 0), Job(1, 0), Job(2, 10), Job(3, 10));

        Replay.Of(run, new ReplayOptions { MaxWorkers = 4 }).Wall.ShouldBe(Bars.Ms(10));

        static JobBar Job(int index, double submitted) =>
            Bars.Job(index, 0, 10 * index, (10 * index) + 10) with { Queued = Bars.Ms((10 * index) - submitted) };
    }

    [Fact]
    public void A_run_that_waited_for_its_input_would_have_waited_with_more_workers_too()
    {
        var second = Bars.Job(1, 0, 32, 42) with { Queued = Bars.Ms(2) };
        var run = Bars.Run("pool", 1, 42, Bars.Job(0, 0, 0, 10), second) with { Waits = [new Wait("input", Bars.Ms(10), Bars.Ms(30), null)] };

        Replay.Of(run, new ReplayOptions { MaxWorkers = 2 }).Wall.ShouldBe(Bars.Ms(40));
    }
}
