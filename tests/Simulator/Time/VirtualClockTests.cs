using AsyncTour.Simulator.Time;

namespace AsyncTour.Simulator.Tests.Time;

public sealed class VirtualClockTests
{
    [Fact]
    public void Timers_are_due_in_order_and_at_one_instant_as_they_were_set()
    {
        var clock = new VirtualClock(new Strays());
        var random = new Random(5);
        var fired = new List<(int Due, int Number)>();
        for (var number = 0; number < 2_000; number++)
        {
            var timer = (Due: random.Next(50), Number: number);
            clock.CreateTimer(_ => fired.Add(timer), null, TimeSpan.FromTicks(timer.Due), Timeout.InfiniteTimeSpan);
        }

        while (clock.HasBusiness)
            clock.Jump();

        fired.ShouldBe(fired.OrderBy(timer => timer.Due).ThenBy(timer => timer.Number));
        fired.Count.ShouldBe(2_000);
    }

    [Fact]
    public void Timers_and_messages_keep_their_order_whatever_is_let_go_between_them()
    {
        var clock = new VirtualClock(new Strays());
        var random = new Random(7);
        var happened = new List<(int Due, int Number)>();
        var expected = new List<(int Due, int Number)>();
        var timers = new List<ITimer>();
        for (var number = 0; number < 3_000; number++)
        {
            var one = (Due: random.Next(40), Number: number);
            if (number % 3 == 0)
            {
                clock.Send(one.Due, new Noted(() => happened.Add(one)));
                expected.Add(one);
                continue;
            }

            var timer = clock.CreateTimer(_ => happened.Add(one), null, TimeSpan.FromTicks(one.Due), Timeout.InfiniteTimeSpan);
            if (number % 8 == 0)
                expected.Add(one);
            else
                timers.Add(timer);
        }

        timers.ForEach(static timer => timer.Dispose());
        while (clock.HasBusiness)
            clock.Jump();

        happened.ShouldBe(expected.OrderBy(one => one.Due).ThenBy(one => one.Number));
    }

    [Fact]
    public void A_timer_that_was_let_go_is_gone_and_one_that_was_moved_fires_once()
    {
        var clock = new VirtualClock(new Strays());
        var fired = 0;
        var gone = clock.CreateTimer(_ => fired += 10, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        var moved = clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        gone.Dispose();
        moved.Change(TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan).ShouldBeTrue();
        while (clock.HasBusiness)
            clock.Jump();

        fired.ShouldBe(1);
        gone.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan).ShouldBeFalse();
        moved.Dispose();
    }

    // A million timers set in random order and let happen: a second or less of real time, and that is the claim.
    [Fact]
    public void A_million_timers_are_no_trouble()
    {
        var clock = new VirtualClock(new Strays());
        var random = new Random(5);
        var left = 1_000_000;
        var last = 0L;
        for (var i = 0; i < 1_000_000; i++)
        {
            clock.CreateTimer(
                _ =>
                {
                    clock.Now.ShouldBeGreaterThanOrEqualTo(last);
                    last = clock.Now;
                    left--;
                },
                null,
                TimeSpan.FromTicks(random.Next(1_000_000_000)),
                Timeout.InfiniteTimeSpan);
        }

        while (clock.HasBusiness)
            clock.Jump();

        left.ShouldBe(0);
    }

    private sealed class Noted(Action action) : DueEvent
    {
        public override void Happen() => action();
    }
}
