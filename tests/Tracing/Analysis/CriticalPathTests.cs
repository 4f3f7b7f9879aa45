using AsyncTour.Tracing.Analysis;

namespace AsyncTour.Tracing.Tests.Analysis;

public sealed class CriticalPathTests
{
    [Fact]
    public void It_leads_back_from_the_last_finish_along_its_worker()
    {
        var path = CriticalPath.Of(Bars.PoolOfThree());

        path.Steps.Select(static s => s.Job.Index).ShouldBe([1, 4, 8]);
        path.Busy.ShouldBe(Bars.Ms(289 + 129 + 284));
        path.Steps[1].Gap.ShouldBe(Bars.Ms(1));
    }

    [Fact]
    public void A_retry_comes_after_the_attempt_before_it_whichever_worker_that_had()
    {
        var run = Bars.Run("pool", 2, 60, Bars.Job(0, 0, 0, 30, "failed"), Bars.Job(1, 1, 0, 10), Bars.Job(0, 1, 40, 60, attempt: 2));

        CriticalPath.Of(run).Steps.Select(static s => s.Job.Attempt).ShouldBe([1, 2]);
    }

    [Fact]
    public void Percentiles_are_times_that_were_measured()
    {
        var p = Percentiles.Of(Enumerable.Range(1, 100).Select(static n => Bars.Ms(n)));

        (p.P50, p.P90, p.P99, p.Max).ShouldBe((Bars.Ms(50), Bars.Ms(90), Bars.Ms(99), Bars.Ms(100)));
        Percentiles.Of([]).Count.ShouldBe(0);
    }
}
