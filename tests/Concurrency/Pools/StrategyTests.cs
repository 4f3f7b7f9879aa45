using System.Threading.Channels;
using AsyncTour.Concurrency.Pools;
using AsyncTour.Concurrency.Tests.Turns;

namespace AsyncTour.Concurrency.Tests.Pools;

public sealed class StrategyTests
{
    public static TheoryData<string> Every => [.. Strategy.Names];

    [Theory, MemberData(nameof(Every))]
    public void every_job_runs_once_and_starts_in_input_order(string name) => TurnScheduler.Run(async turn =>
    {
        var ledger = new Ledger();

        await Named(name).RunAsync(JobSource.From(Enumerable.Range(0, 20)), Sleeping(turn, ledger));

        ledger.Started.ShouldBe(Enumerable.Range(0, 20));
        ledger.Ended.Order().ShouldBe(Enumerable.Range(0, 20));
    });

    [Theory, MemberData(nameof(Every))]
    public void the_bound_is_reached_and_never_passed(string name) => TurnScheduler.Run(async turn =>
    {
        var ledger = new Ledger();
        Strategy strategy = Named(name);

        await strategy.RunAsync(JobSource.From(Enumerable.Range(0, 20)), Sleeping(turn, ledger));

        ledger.Peak.ShouldBe(strategy.MaxWorkers ?? 20);
        ledger.Workers.Distinct().Order().ShouldBe(Enumerable.Range(0, strategy.MaxWorkers ?? 20));
    });

    [Theory, MemberData(nameof(Every))]
    public void jobs_that_never_wait_run_too(string name) => TurnScheduler.Run(async _ =>
    {
        var ledger = new Ledger();

        await Named(name).RunAsync(JobSource.From(Enumerable.Range(0, 1000)), (job, worker) =>
        {
            ledger.Start(job, worker);
            ledger.End(job, worker);
            return ValueTask.CompletedTask;
        });

        ledger.Ended.ShouldBe(Enumerable.Range(0, 1000));
    });

    [Theory, MemberData(nameof(Every))]
    public void stopping_ends_the_taking_and_waits_for_what_runs(string name) => TurnScheduler.Run(async turn =>
    {
        var ledger = new Ledger();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(15), turn.Time);
        var jobs = Channel.CreateUnbounded<int>();
        for (int job = 0; job < 20; job++)
            jobs.Writer.TryWrite(job);

        await Named(name).RunAsync(JobSource.From(jobs.Reader), Sleeping(turn, ledger), stop.Token);

        ledger.Running.ShouldBe(0);
        ledger.Ended.Count.ShouldBe(ledger.Started.Count);
        turn.Time.Elapsed.ShouldBeLessThan(TimeSpan.FromMilliseconds(60));
    });

    [Theory, MemberData(nameof(Every))]
    public void stopping_while_the_input_is_silent_ends_the_run(string name) => TurnScheduler.Run(async turn =>
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1), turn.Time);

        await Named(name).RunAsync(JobSource.From(Channel.CreateUnbounded<int>().Reader), Sleeping(turn, new Ledger()), stop.Token);

        turn.Time.Elapsed.ShouldBe(TimeSpan.FromSeconds(1));
    });

    [Theory, MemberData(nameof(Every))]
    public void a_bug_in_run_ends_the_run_after_the_others_stopped(string name) => TurnScheduler.Run(async turn =>
    {
        var ledger = new Ledger();
        Func<int, int, ValueTask> sleeping = Sleeping(turn, ledger);

        Task whole = Named(name).RunAsync(
            JobSource.From(Enumerable.Range(0, 20)),
            (job, worker) => job == 2 ? throw new InvalidOperationException("a bug") : sleeping(job, worker));

        (await Should.ThrowAsync<InvalidOperationException>(whole)).Message.ShouldBe("a bug");
        ledger.Running.ShouldBe(0);
    });

    [Theory, MemberData(nameof(Every))]
    public void a_bug_ends_the_run_though_the_input_is_silent(string name) => TurnScheduler.Run(async turn =>
    {
        var jobs = Channel.CreateUnbounded<int>();
        jobs.Writer.TryWrite(0);

        Task whole = Named(name).RunAsync(JobSource.From(jobs.Reader), async (_, _) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1), turn.Time);
            throw new InvalidOperationException("a bug");
        });

        (await Should.ThrowAsync<InvalidOperationException>(whole)).Message.ShouldBe("a bug");
    });

    [Theory, MemberData(nameof(Every))]
    public void an_input_that_fails_ends_the_run_with_its_error(string name) => TurnScheduler.Run(async turn =>
    {
        var ledger = new Ledger();
        IEnumerable<int> failing = Enumerable.Range(0, 5).Select(i => i < 3 ? i : throw new IOException("the file ends here"));

        Task whole = Named(name).RunAsync(JobSource.From(failing), Sleeping(turn, ledger));

        (await Should.ThrowAsync<IOException>(whole)).Message.ShouldBe("the file ends here");
        ledger.Started.ShouldBe([0, 1, 2]);
        ledger.Running.ShouldBe(0);
    });

    [Theory, MemberData(nameof(Every))]
    public void jobs_may_arrive_slowly(string name) => TurnScheduler.Run(async turn =>
    {
        var ledger = new Ledger();

        await Named(name).RunAsync(JobSource.From(Trickle(turn)), Sleeping(turn, ledger));

        ledger.Started.ShouldBe(Enumerable.Range(0, 10));
    });

    [Theory, InlineData("pool"), InlineData("first-completed"), InlineData("executor")]
    public void input_is_pulled_only_when_a_worker_is_free(string name) => TurnScheduler.Run(async turn =>
    {
        int pulled = 0;
        var ledger = new Ledger();
        IEnumerable<int> counted = Enumerable.Range(0, 20).Select(i => { pulled++; return i; });
        Func<int, int, ValueTask> sleeping = Sleeping(turn, ledger);

        await Named(name).RunAsync(JobSource.From(counted), (job, worker) =>
        {
            pulled.ShouldBeLessThanOrEqualTo(ledger.Ended.Count + 3);
            return sleeping(job, worker);
        });

        pulled.ShouldBe(20);
    });

    [Theory, MemberData(nameof(Every))]
    public async Task the_default_scheduler_serves_as_well(string name)
    {
        var ledger = new Ledger();

        await Named(name).RunAsync(JobSource.From(Enumerable.Range(0, 5000)), async (job, worker) =>
        {
            ledger.Start(job, worker);
            await Task.Yield();
            ledger.End(job, worker);
        });

        ledger.Ended.Order().ShouldBe(Enumerable.Range(0, 5000));
        ledger.Peak.ShouldBeLessThanOrEqualTo(Named(name).MaxWorkers ?? 5000);
    }

    internal static Func<int, int, ValueTask> Sleeping(TurnScheduler turn, Ledger ledger) => async (job, worker) =>
    {
        turn.MustBeCurrent();
        ledger.Start(job, worker);
        await Task.Delay(TimeSpan.FromMilliseconds(10 + (job * 7 % 5)), turn.Time);
        turn.MustBeCurrent();
        ledger.End(job, worker);
    };

    private static async IAsyncEnumerable<int> Trickle(TurnScheduler turn)
    {
        for (int i = 0; i < 10; i++)
        {
            if (i % 3 == 0)
                await Task.Delay(TimeSpan.FromMilliseconds(30), turn.Time);
            turn.MustBeCurrent();
            yield return i;
        }
    }

    private static Strategy Named(string name)
    {
        Strategy.TryParse(name, 3, out Strategy? strategy, out string? reason).ShouldBeTrue(reason);
        return strategy!;
    }
}
