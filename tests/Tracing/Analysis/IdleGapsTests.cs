using AsyncTour.Tracing.Analysis;
using AsyncTour.Tracing.Conventions;

namespace AsyncTour.Tracing.Tests.Analysis;

public sealed class IdleGapsTests
{
    [Fact]
    public void The_labels_sum_to_the_whole_idle_time()
    {
        var run = Bars.PoolOfThree();
        var busy = run.Workers.Sum(static w => w.Busy.TotalSeconds);

        IdleSummary.Of(IdleGaps.Of(run)).Total.TotalSeconds.ShouldBe((3 * run.Wall.TotalSeconds) - busy, 1e-9);
    }

    [Fact]
    public void After_the_last_job_has_started_a_worker_has_no_input_left()
    {
        var run = Bars.Run("pool", 2, 110, Bars.Job(0, 0, 0, 40), Bars.Job(1, 1, 0, 100));

        Labels(run).ShouldBe(["0: 40-100 NoInputLeft", "0: 100-110 Overhead", "1: 100-110 Overhead"]);
    }

    [Fact]
    public void Before_and_between_jobs_nothing_but_overhead_explains_a_gap()
    {
        var run = Bars.Run("pool", 1, 30, Bars.Job(0, 0, 2, 10), Bars.Job(1, 0, 12, 30));

        Labels(run).ShouldBe(["0: 0-2 Overhead", "0: 10-12 Overhead"]);
    }

    [Fact]
    public void A_recorded_wait_explains_its_time_and_the_rest_of_the_gap_stays()
    {
        var run = Bars.Run("pool", 2, 100, Bars.Job(0, 0, 0, 10), Bars.Job(1, 1, 0, 10), Bars.Job(2, 0, 80, 100)) with
        {
            Waits = [new Wait(WaitCauses.Input, Bars.Ms(20), Bars.Ms(70), Worker: null)],
        };

        Labels(run).ShouldBe(
        [
            "0: 10-20 Overhead", "0: 20-70 WaitingForInput", "0: 70-80 Overhead",
            "1: 10-20 Overhead", "1: 20-70 WaitingForInput", "1: 70-80 Overhead", "1: 80-100 NoInputLeft",
        ]);
    }

    [Fact]
    public void A_wait_of_one_worker_explains_only_that_worker()
    {
        var run = Bars.Run("pool", 2, 50, Bars.Job(0, 0, 0, 10), Bars.Job(1, 1, 0, 10), Bars.Job(2, 0, 40, 50)) with
        {
            Waits = [new Wait(WaitCauses.Retry, Bars.Ms(10), Bars.Ms(40), Worker: 0)],
        };

        Labels(run).ShouldBe(["0: 10-40 RetryWait", "1: 10-40 Overhead", "1: 40-50 NoInputLeft"]);
    }

    [Fact]
    public void Waits_that_overlap_are_not_counted_twice()
    {
        var run = Bars.Run("pool", 1, 100, Bars.Job(0, 0, 0, 10), Bars.Job(1, 0, 90, 100)) with
        {
            Waits =
            [
                new Wait(WaitCauses.Input, Bars.Ms(10), Bars.Ms(60), Worker: null),
                new Wait(WaitCauses.RateLimit, Bars.Ms(30), Bars.Ms(90), Worker: null),
            ],
        };

        Labels(run).ShouldBe(["0: 10-60 WaitingForInput", "0: 60-90 RateLimit"]);
    }

    [Fact]
    public void After_the_order_to_stop_idle_workers_drain()
    {
        var run = Bars.Run("pool", 2, 100, Bars.Job(0, 0, 0, 30), Bars.Job(1, 1, 0, 100)) with { DrainingFrom = Bars.Ms(20) };

        Labels(run).ShouldBe(["0: 30-100 Draining"]);
    }

    private static IEnumerable<string> Labels(RunTimeline run) =>
        IdleGaps.Of(run).Select(static g => $"{g.Worker}: {g.From.TotalMilliseconds}-{g.To.TotalMilliseconds} {g.Cause}");
}
