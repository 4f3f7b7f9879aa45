using AsyncTour.Tracing.Analysis;

namespace AsyncTour.Tracing.Tests.Analysis;

public sealed class ConcurrencyTests
{
    [Fact]
    public void A_job_that_ends_when_another_starts_does_not_overlap_it() =>
        Concurrency.Peak([Bars.Job(0, 0, 0, 10), Bars.Job(1, 0, 10, 20)]).ShouldBe(1);

    [Fact]
    public void A_job_that_took_no_time_overlaps_nothing() =>
        Concurrency.Peak([Bars.Job(0, 0, 0, 10), Bars.Job(1, 1, 5, 5)]).ShouldBe(1);

    [Fact]
    public void The_profile_has_one_step_at_each_change_and_ends_at_zero() =>
        Concurrency.Over([Bars.Job(0, 0, 0, 10), Bars.Job(1, 1, 5, 15), Bars.Job(2, 0, 10, 20)]).ShouldBe(
        [
            new(Bars.Ms(0), 1),
            new(Bars.Ms(5), 2),
            new(Bars.Ms(15), 1),
            new(Bars.Ms(20), 0),
        ]);

    [Fact]
    public void Nothing_ran_means_a_peak_of_zero() => Concurrency.Peak([]).ShouldBe(0);
}
