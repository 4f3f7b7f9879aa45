using AsyncTour.Concurrency.Limits;
using AsyncTour.Concurrency.Pools;
using AsyncTour.Concurrency.Tests.Turns;

namespace AsyncTour.Concurrency.Tests.Limits;

public sealed class RateLimitTests
{
    [Fact]
    public void no_stretch_of_time_sees_more_starts_than_allowed() => TurnScheduler.Run(async turn =>
    {
        List<TimeSpan> starts = [];
        IJobSource<int> jobs = new RateLimit(3, TimeSpan.FromSeconds(1)).Over(JobSource.From(Enumerable.Range(0, 10)), turn.Time);

        await Strategy.Pool(10).RunAsync(jobs, async (job, _) =>
        {
            starts.Add(turn.Time.Elapsed);
            await Task.Delay(TimeSpan.FromMilliseconds(100 * job), turn.Time);
        });

        starts.Select(at => at.TotalSeconds).ShouldBe([0, 0, 0, 1, 1, 1, 2, 2, 2, 3]);
    });

    [Fact]
    public void an_input_that_ended_is_known_to_have_ended_without_a_last_wait() => TurnScheduler.Run(async turn =>
    {
        IJobSource<int> jobs = new RateLimit(3, TimeSpan.FromHours(1)).Over(JobSource.From(Enumerable.Range(0, 3)), turn.Time);

        await Strategy.Pool(2).RunAsync(jobs, (_, _) => ValueTask.CompletedTask);

        turn.Time.Elapsed.ShouldBe(TimeSpan.Zero);
    });

    [Fact]
    public void a_job_that_was_held_back_says_by_what() => TurnScheduler.Run(async turn =>
    {
        IJobSource<int> jobs = new RateLimit(1, TimeSpan.FromSeconds(1)).Over(JobSource.From([1, 2]), turn.Time);

        jobs.TryTake(out _).ShouldBeTrue();
        jobs.HeldBy.ShouldBeNull();
        jobs.TryTake(out _).ShouldBeFalse();
        (await jobs.WaitToTakeAsync(CancellationToken.None)).ShouldBeTrue();
        jobs.TryTake(out _).ShouldBeTrue();

        jobs.HeldBy.ShouldBe("rate 1/s");
    });

    [Fact]
    public void stopping_does_not_wait_for_the_next_permit() => TurnScheduler.Run(async turn =>
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1), turn.Time);
        IJobSource<int> jobs = new RateLimit(1, TimeSpan.FromHours(1)).Over(JobSource.From(Enumerable.Range(0, 3)), turn.Time);

        await Strategy.Pool(2).RunAsync(jobs, (_, _) => ValueTask.CompletedTask, stop.Token);

        turn.Time.Elapsed.ShouldBe(TimeSpan.FromSeconds(1));
    });
}
