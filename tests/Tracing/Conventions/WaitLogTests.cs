using System.Diagnostics;
using AsyncTour.Tracing.Conventions;

namespace AsyncTour.Tracing.Tests.Conventions;

public sealed class WaitLogTests
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Waits_that_touch_and_have_one_cause_are_one_event()
    {
        using var run = new Activity("run pool");
        var waits = new WaitLog(run);
        waits.Add(WaitCauses.Input, At(0), At(10));
        waits.Add(WaitCauses.Input, At(10.05), At(20));
        waits.Add(WaitCauses.RateLimit, At(20), At(25));
        waits.Add(WaitCauses.RateLimit, At(40), At(45));
        waits.Complete();

        run.Events.Select(static e => $"{Tag(e, AttributeNames.WaitCause)} {Tag(e, AttributeNames.WaitSeconds)}")
            .ShouldBe(["input 0.02", "rate-limit 0.005", "rate-limit 0.005"]);
    }

    [Fact]
    public void A_span_carries_a_bounded_number_of_them_and_says_how_many_more_there_were()
    {
        using var run = new Activity("run pool");
        var waits = new WaitLog(run);
        for (var i = 0; i < WaitLog.MostEvents + 7; i++)
            waits.Add(WaitCauses.Retry, At(i), At(i + 0.5), worker: 1);
        waits.Complete();

        run.Events.Count().ShouldBe(WaitLog.MostEvents);
        run.GetTagItem(AttributeNames.RunWaitsLeftOut).ShouldBe(7);
    }

    private static DateTimeOffset At(double milliseconds) => Begin.AddMilliseconds(milliseconds);

    private static object? Tag(ActivityEvent one, string name) => one.Tags.Single(t => t.Key == name).Value;
}
