using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;

namespace AsyncTour.Grains.Tests.Runs;

public sealed class RefusalTests(SiloFixture silo)
{
    private static readonly RunSpec Pool = new() { Strategy = "pool" };

    [Theory]
    [InlineData("sleep", "5x", "job 0: '5x' is not a duration; write a number and a unit, such as 50ms, 1.5s or 2m (us, ms, s, m, h)")]
    [InlineData("http", "not a url", "job 0: 'not a url' is not an absolute http or https URL")]
    [InlineData("dance", "", "there is no job kind 'dance'; the kinds are block, fail, flaky, gated, http, sleep, spin, stubborn")]
    public async Task A_job_that_cannot_run_is_refused_and_nothing_starts(string kind, string argument, string sentence)
    {
        var refused = await Refused(Pool, new Job(0, kind, argument, "k"));

        refused.Message.ShouldBe(sentence);
    }

    [Fact]
    public async Task An_asynchronous_kind_is_refused_under_the_executor()
    {
        var refused = await Refused(Pool with { Strategy = "executor" }, new Job(0, "sleep", "1ms", "k"));

        refused.Message.ShouldContain("'sleep' does not block; use block, spin");
    }

    [Theory]
    [InlineData("poll", 3, "unknown strategy 'poll'")]
    [InlineData("pool", 0, "max workers is 0")]
    [InlineData("pool", -4, "max workers is -4")]
    [InlineData("pool", 2_000_000, "at most 1000000 are allowed")]
    public async Task A_specification_that_cannot_run_is_refused(string strategy, int maxWorkers, string sentence)
    {
        var refused = await Refused(new RunSpec { Strategy = strategy, MaxWorkers = maxWorkers }, new Job(0, "sleep", "1ms", "k"));

        refused.Message.ShouldContain(sentence);
    }

    [Fact]
    public async Task A_run_without_jobs_is_refused()
    {
        var refused = await Should.ThrowAsync<RefusedException>(
            silo.Runs.StartAsync(silo.NewRunId(), Pool, AsyncEnumerable.Empty<Job>(), TestContext.Current.CancellationToken));

        refused.Message.ShouldBe("there are no jobs to run; give at least one");
    }

    [Fact]
    public async Task Reading_a_run_that_never_started_is_refused()
    {
        var run = silo.Runs.Find("nobody-started-this");

        (await run.StatusAsync()).ShouldBeNull();
        await Should.ThrowAsync<RefusedException>(async () => await run.ReadAsync().ToListAsync());
    }

    private async Task<RefusedException> Refused(RunSpec spec, Job job)
    {
        var id = silo.NewRunId();
        var refused = await Should.ThrowAsync<RefusedException>(
            silo.Runs.StartAsync(id, spec, new[] { job }.ToAsyncEnumerable(), TestContext.Current.CancellationToken));
        (await silo.Runs.Find(id).StatusAsync()).ShouldBeNull();
        return refused;
    }
}
