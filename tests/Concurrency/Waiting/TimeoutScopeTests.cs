using AsyncTour.Concurrency.Coroutines;
using AsyncTour.Concurrency.Tests.Turns;
using AsyncTour.Concurrency.Waiting;

namespace AsyncTour.Concurrency.Tests.Waiting;

public sealed class TimeoutScopeTests
{
    [Fact]
    public void a_deadline_set_anew_in_the_turn_before_it_would_strike_does_not_strike() => TurnScheduler.Run(async turn =>
    {
        // Both timers are due at once: the body goes on in the turn before the one in which the time is up.
        Task justBefore = Task.Delay(TimeSpan.FromSeconds(1), turn.Time);

        int result = await Asyncio.Timeout(TimeSpan.FromSeconds(1), turn.Time, async Coroutine<int> (scope) =>
        {
            await justBefore;
            scope.Reschedule(TimeSpan.FromHours(1));
            await Asyncio.Sleep(TimeSpan.FromSeconds(1), turn.Time);
            scope.IsExpired.ShouldBeFalse();
            return 7;
        });

        result.ShouldBe(7);
        turn.Time.Elapsed.ShouldBe(TimeSpan.FromSeconds(2));
    });
}
