using AsyncTour.Concurrency.Limits;
using AsyncTour.Concurrency.Pools;
using AsyncTour.Concurrency.Tests.Turns;

namespace AsyncTour.Concurrency.Tests.Throwing;

/// <summary>
/// Every member of a user's own input, throwing: the exception reaches the reader, after the jobs that ran were asked
/// to stop and have stopped, and after each of them was told about.
/// </summary>
public sealed class MapInputThrowsTests
{
    private static readonly TimeSpan _long = TimeSpan.FromHours(1);

    private static readonly Dictionary<string, Func<string, TurnScheduler, IJobSource<int>>> _inputs = new(StringComparer.Ordinal)
    {
        ["source"] = (place, turn) => new BrokenSource(place, turn),
        ["sequence"] = (place, _) => JobSource.From((IEnumerable<int>)new BrokenSequence(place)),
        ["async sequence"] = (place, _) => JobSource.From((IAsyncEnumerable<int>)new BrokenSequence(place)),
        ["key limit"] = (place, _) => new KeyLimit(2).Over(JobSource.From(Enumerable.Range(0, 5)), new BrokenKey(place).Of, new BrokenKey(place)),
        ["key limit over a source"] = (place, turn) => new KeyLimit(2).Over(new BrokenSource(place, turn), _ => 'a'),
        ["rate limit"] = (place, turn) => new RateLimit(2, TimeSpan.FromMilliseconds(5)).Over(JobSource.From(Enumerable.Range(0, 5)), new BrokenTime(place, turn.Time)),
        ["rate limit over a source"] = (place, turn) => new RateLimit(2, TimeSpan.FromMilliseconds(5)).Over(new BrokenSource(place, turn), turn.Time),
    };

    public static TheoryData<string, string> Places => new()
    {
        { "source", BrokenSource.Taking },
        { "source", BrokenSource.HeldBack },
        { "source", BrokenSource.WaitingAtOnce },
        { "source", BrokenSource.WaitingLater },
        { "source", BrokenSource.Ended },
        { "sequence", BrokenSequence.Opening },
        { "sequence", BrokenSequence.Moving },
        { "sequence", BrokenSequence.Reading },
        { "sequence", BrokenSequence.Disposing },
        { "async sequence", BrokenSequence.Opening },
        { "async sequence", BrokenSequence.Moving },
        { "async sequence", BrokenSequence.MovingLater },
        { "async sequence", BrokenSequence.Reading },
        { "key limit", BrokenKey.Finding },
        { "key limit", BrokenKey.FindingAgain },
        { "key limit", BrokenKey.Comparing },
        { "key limit", BrokenKey.Hashing },
        { "key limit", BrokenKey.Naming },
        { "key limit over a source", BrokenSource.Taking },
        { "key limit over a source", BrokenSource.HeldBack },
        { "key limit over a source", BrokenSource.WaitingAtOnce },
        { "key limit over a source", BrokenSource.WaitingLater },
        { "key limit over a source", BrokenSource.Ended },
        { "rate limit", BrokenTime.Reading },
        { "rate limit", BrokenTime.Setting },
        { "rate limit over a source", BrokenSource.Taking },
        { "rate limit over a source", BrokenSource.HeldBack },
        { "rate limit over a source", BrokenSource.WaitingAtOnce },
        { "rate limit over a source", BrokenSource.WaitingLater },
        { "rate limit over a source", BrokenSource.Ended },
    };

    [Theory, MemberData(nameof(Places))]
    public void the_reader_gets_it_in_input_order(string input, string place) => ReaderGetsIt(input, place, inInputOrder: true);

    [Theory, MemberData(nameof(Places))]
    public void the_reader_gets_it_in_completion_order(string input, string place) => ReaderGetsIt(input, place, inInputOrder: false);

    [Theory]
    [InlineData("source", BrokenSource.Disposing)]
    [InlineData("async sequence", BrokenSequence.Disposing)]
    [InlineData("key limit over a source", BrokenSource.Disposing)]
    [InlineData("rate limit over a source", BrokenSource.Disposing)]
    public void letting_go_of_the_input_comes_last_and_throws_to_whoever_leaves_the_loop(string input, string place) => TurnScheduler.Run(async turn =>
    {
        await using var pool = new PoolExecutor(3);
        var jobs = new SleepingJobs(turn);
        var told = new List<int>();

        await Should.ThrowAsync<BrokenException>(ReadAsync(pool.Map(_inputs[input](place, turn), jobs.RunAsync), told));

        told.ShouldBe([0, 1, 2, 3, 4]);
        jobs.Running.ShouldBe(0);
    });

    [Fact]
    public void whoever_left_early_hears_of_a_source_that_broke_over_the_jobs_that_were_stopped() => TurnScheduler.Run(async turn =>
    {
        await using var pool = new PoolExecutor(3);
        var jobs = new SleepingJobs(turn) { Longest = _long };

        (await Should.ThrowAsync<BrokenException>(async () =>
        {
            await foreach (Outcome<int, int> _ in pool.MapUnordered(new BrokenOver(0), jobs.RunAsync))
                break;
        })).Message.ShouldBe(BrokenSource.Ended);

        jobs.Running.ShouldBe(0);
        turn.Time.Elapsed.ShouldBeLessThan(_long);
    });

    [Fact]
    public async Task two_throws_at_once_on_threads_end_the_map_too()
    {
        for (int round = 0; round < 200; round++)
        {
            await using var pool = new PoolExecutor(8);
            var told = new List<int>();
            int started = 0;

            await Should.ThrowAsync<BrokenException>(ReadAsync(
                pool.MapUnordered(
                    new BrokenOver(job => job % 2 == 0),
                    async (job, _) =>
                    {
                        Interlocked.Increment(ref started);
                        await Task.Yield();
                        return job;
                    }),
                told));

            told.Distinct().Count().ShouldBe(started);
        }
    }

    private static void ReaderGetsIt(string input, string place, bool inInputOrder) => TurnScheduler.Run(async turn =>
    {
        await using var pool = new PoolExecutor(3);
        var jobs = new SleepingJobs(turn) { Longest = _long };
        IJobSource<int> source = _inputs[input](place, turn);
        var told = new List<int>();

        BrokenException thrown = await Should.ThrowAsync<BrokenException>(ReadAsync(inInputOrder ? pool.Map(source, jobs.RunAsync) : pool.MapUnordered(source, jobs.RunAsync), told));

        thrown.Message.ShouldBe(place);
        jobs.Running.ShouldBe(0, "what ran has stopped");
        turn.Time.Elapsed.ShouldBeLessThan(_long, "it was asked to");
        told.Order().ShouldBe(jobs.Started.Order(), "each job that started was told about");
        (await pool.Submit(_ => new ValueTask<int>(1))).ShouldBe(1, "the pool itself is well");
    });

    private static async Task ReadAsync(IAsyncEnumerable<Outcome<int, int>> map, List<int> told)
    {
        await foreach (Outcome<int, int> outcome in map)
            told.Add(outcome.Input);
    }
}
