using AsyncTour.Concurrency.Limits;
using AsyncTour.Concurrency.Pools;
using AsyncTour.Concurrency.Tests.Turns;

namespace AsyncTour.Concurrency.Tests.Limits;

public sealed class KeyLimitTests
{
    [Fact]
    public void a_key_is_never_run_more_often_at_once_than_allowed() => TurnScheduler.Run(async turn =>
    {
        var running = new Dictionary<int, int>();
        int ended = 0;
        IJobSource<int> jobs = new KeyLimit(2).Over(JobSource.From(Enumerable.Range(0, 100)), job => job % 7);

        await Strategy.Pool(20).RunAsync(jobs, async (job, _) =>
        {
            running[job % 7] = running.GetValueOrDefault(job % 7) + 1;
            running[job % 7].ShouldBeLessThanOrEqualTo(2);
            await Task.Delay(TimeSpan.FromMilliseconds(1 + (job * 13 % 10)), turn.Time);
            running[job % 7]--;
            ended++;
        });

        ended.ShouldBe(100);
    });

    [Fact]
    public void a_busy_key_lets_the_others_pass() => TurnScheduler.Run(async turn =>
    {
        List<string> started = [];
        IJobSource<string> jobs = new KeyLimit(1).Over(JobSource.From(["a1", "a2", "b1", "a3", "c1"]), job => job[0]);

        await Strategy.Pool(3).RunAsync(jobs, async (job, _) =>
        {
            started.Add(job);
            await Task.Delay(TimeSpan.FromSeconds(1), turn.Time);
        });

        started.ShouldBe(["a1", "b1", "c1", "a2", "a3"]);
        turn.Time.Elapsed.ShouldBe(TimeSpan.FromSeconds(3));
    });

    [Fact]
    public void a_job_that_was_set_aside_says_by_what() => TurnScheduler.Run(_ =>
    {
        IJobSource<string> jobs = new KeyLimit(1).Over(JobSource.From(["a1", "a2"]), job => job[0]);

        jobs.TryTake(out string? first).ShouldBeTrue();
        jobs.HeldBy.ShouldBeNull();
        jobs.TryTake(out string? _).ShouldBeFalse();
        jobs.Finished(first);
        jobs.TryTake(out string? _).ShouldBeTrue();

        jobs.HeldBy.ShouldBe("per-key 1 (a)");
        return Task.CompletedTask;
    });

    [Fact]
    public void setting_aside_is_bounded() => TurnScheduler.Run(async turn =>
    {
        int pulled = 0;
        IEnumerable<int> endless = Enumerable.Range(0, 50).Select(i => { pulled++; return i; });
        IJobSource<int> jobs = new KeyLimit(1) { MaxSetAside = 5 }.Over(JobSource.From(endless), _ => "the only key");
        int ended = 0;

        await Strategy.Pool(4).RunAsync(jobs, async (_, _) =>
        {
            pulled.ShouldBeLessThanOrEqualTo(ended + 1 + 5);
            await Task.Delay(TimeSpan.FromSeconds(1), turn.Time);
            ended++;
        });

        ended.ShouldBe(50);
    });

    [Fact]
    public void limits_compose() => TurnScheduler.Run(async turn =>
    {
        IJobSource<int> perKey = new KeyLimit(1).Over(JobSource.From(Enumerable.Range(0, 6)), job => job % 2);
        IJobSource<int> jobs = new RateLimit(1, TimeSpan.FromSeconds(1)).Over(perKey, turn.Time);
        List<double> starts = [];

        await Strategy.Pool(4).RunAsync(jobs, async (_, _) =>
        {
            starts.Add(turn.Time.Elapsed.TotalSeconds);
            await Task.Delay(TimeSpan.FromSeconds(3), turn.Time);
        });

        starts.ShouldBe([0, 1, 3, 4, 6, 7]);
    });
}
