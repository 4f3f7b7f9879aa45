using AsyncTour.Tracing.Analysis;

namespace AsyncTour.Tracing.Tests.Analysis;

public sealed class IdealWallTests
{
    [Theory]
    [InlineData(10, 1, 500)]
    [InlineData(10, 3, 200)]
    [InlineData(10, 10, 50)]
    [InlineData(10, 1000, 50)]
    [InlineData(0, 3, 0)]
    public void Ten_jobs_of_50_ms_take_as_many_rounds_as_there_must_be(int jobs, int workers, double idealMs) =>
        IdealWall.Of(Enumerable.Repeat(Bars.Ms(50), jobs), workers).ShouldBe(Bars.Ms(idealMs));

    [Fact]
    public void The_start_order_matters_because_a_long_job_last_leaves_workers_idle()
    {
        IdealWall.Of([Bars.Ms(10), Bars.Ms(10), Bars.Ms(100)], 2).ShouldBe(Bars.Ms(110));
        IdealWall.Of([Bars.Ms(100), Bars.Ms(10), Bars.Ms(10)], 2).ShouldBe(Bars.Ms(100));
    }

    [Fact]
    public void No_workers_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => IdealWall.Of([Bars.Ms(1)], 0));
}
