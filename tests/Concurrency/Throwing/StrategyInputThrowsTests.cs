using System.Threading.Channels;
using AsyncTour.Concurrency.Limits;
using AsyncTour.Concurrency.Pools;
using AsyncTour.Concurrency.Tests.Turns;

namespace AsyncTour.Concurrency.Tests.Throwing;

/// <summary>The same of the strategies, which can only wait for what runs.</summary>
public sealed class StrategyInputThrowsTests
{
    public static TheoryData<string, string> Places => new(
        from strategy in Strategy.Names
        from place in new[] { BrokenSource.Taking, BrokenSource.WaitingAtOnce, BrokenSource.WaitingLater, BrokenSource.Ended }
        select (strategy, place));

    public static TheoryData<string> Names => [.. Strategy.Names];

    [Theory, MemberData(nameof(Places))]
    public void the_caller_gets_it_after_what_ran_has_ended(string strategy, string place) => TurnScheduler.Run(async turn =>
    {
        var jobs = new SleepingJobs(turn);

        Task whole = Named(strategy).RunAsync(new BrokenSource(place, turn), async (job, _) => await jobs.RunAsync(job, CancellationToken.None));

        (await Should.ThrowAsync<BrokenException>(whole)).Message.ShouldBe(place);
        jobs.Running.ShouldBe(0);
    });

    [Theory, MemberData(nameof(Names))]
    public void a_bug_is_told_though_the_source_breaks_as_its_wait_is_given_up(string strategy) => TurnScheduler.Run(async turn =>
    {
        var jobs = new SleepingJobs(turn);

        Task whole = Named(strategy).RunAsync(new BrokenSource(BrokenSource.CancellingTheWait, turn), async (job, _) =>
        {
            await jobs.RunAsync(job, CancellationToken.None);
            throw new InvalidOperationException("a bug");
        });

        (await Should.ThrowAsync<InvalidOperationException>(whole)).Message.ShouldBe("a bug");
        jobs.Running.ShouldBe(0);
    });

    [Theory, InlineData("wait-all"), InlineData("first-completed"), InlineData("pool"), InlineData("executor")]
    public void a_key_limited_input_that_broke_while_it_waited_can_be_let_go_of(string strategy) => TurnScheduler.Run(async turn =>
    {
        var jobs = Channel.CreateUnbounded<int>();
        jobs.Writer.TryWrite(0);
        jobs.Writer.TryWrite(1);
        var key = new BrokenKey(BrokenKey.Naming);
        IJobSource<int> source = new KeyLimit(1).Over(JobSource.From(jobs.Reader), key.Of, key);

        Task whole = Named(strategy).RunAsync(source, async (job, _) => await new SleepingJobs(turn).RunAsync(job, CancellationToken.None));

        (await Should.ThrowAsync<BrokenException>(whole)).Message.ShouldBe(BrokenKey.Naming);
        await source.DisposeAsync();
    });

    private static Strategy Named(string name)
    {
        Strategy.TryParse(name, 3, out Strategy? strategy, out string? reason).ShouldBeTrue(reason);
        return strategy!;
    }
}
