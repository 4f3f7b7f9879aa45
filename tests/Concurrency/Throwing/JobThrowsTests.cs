using System.Threading.Tasks.Sources;
using AsyncTour.Concurrency.Futures;
using AsyncTour.Concurrency.Pools;
using AsyncTour.Concurrency.Tests.Turns;

namespace AsyncTour.Concurrency.Tests.Throwing;

/// <summary>User code that belongs to one job: what it throws is that job's outcome and nobody else's.</summary>
public sealed class JobThrowsTests
{
    private static readonly Dictionary<string, Func<string, TurnScheduler, PoolOptions>> _options = new(StringComparer.Ordinal)
    {
        ["the function, at once"] = (_, _) => new(),
        ["the function, later"] = (_, _) => new(),
        ["the status of what the function returned"] = (_, _) => new(),
        ["the result of what the function returned"] = (_, _) => new(),
        ["the continuing of what the function returned"] = (_, _) => new(),
        ["CreateTimer of a job timeout"] = (_, turn) => new() { JobTimeout = TimeSpan.FromMinutes(1), Time = new BrokenTime(BrokenTime.Setting, turn.Time) },
        ["Dispose of a job timeout's timer"] = (_, turn) => new() { JobTimeout = TimeSpan.FromMinutes(1), Time = new BrokenTime(BrokenTime.Disposing, turn.Time) },
        ["CreateTimer of the wait for a retry"] = (_, turn) => new() { Retry = new(1), Time = new BrokenTime(BrokenTime.Setting, turn.Time) },
        ["the random numbers of a retry"] = (place, turn) => new() { Retry = new(1), Time = turn.Time, Random = new BrokenRandom(place) },
    };

    public static TheoryData<string> Places => [.. _options.Keys];

    /// <summary>A submitted job is awaited by an async method of .NET's kind, for which an awaiter that refuses to continue ends the process.</summary>
    public static TheoryData<string> PlacesOfSubmitted => [.. _options.Keys.Where(place => !place.StartsWith("the continuing", StringComparison.Ordinal))];

    [Theory, MemberData(nameof(Places))]
    public void a_mapped_job_has_it_as_its_outcome(string place) => TurnScheduler.Run(async turn =>
    {
        await using var pool = new PoolExecutor(2, _options[place](place, turn));

        List<Outcome<int, int>> outcomes = await pool.Map(Enumerable.Range(0, 6), (job, token) => JobAsync(place, job, turn, token)).CollectAsync();

        outcomes.Select(outcome => outcome.Input).ShouldBe(Enumerable.Range(0, 6));
        outcomes[3].Status.ShouldBe(JobStatus.Failed);
        outcomes[3].Error.ShouldBeOfType<BrokenException>();
        outcomes.Count(outcome => outcome.Status == JobStatus.Succeeded).ShouldBe(place.Contains("job timeout", StringComparison.Ordinal) ? 0 : 5);
    });

    [Theory, MemberData(nameof(PlacesOfSubmitted))]
    public void a_submitted_job_has_it_as_its_exception(string place) => TurnScheduler.Run(async turn =>
    {
        await using var pool = new PoolExecutor(2, _options[place](place, turn));

        Future<int> job = pool.Submit(token => JobAsync(place, 3, turn, token));

        await Should.ThrowAsync<BrokenException>(job.AsTask());
    });

    /// <summary>The fourth job throws at that place, or fails so that its retry does.</summary>
    private static ValueTask<int> JobAsync(string place, int job, TurnScheduler turn, CancellationToken cancellation)
    {
        if (job != 3)
            return LaterAsync();
        return place switch
        {
            "the function, at once" => throw new BrokenException(place),
            "the function, later" => LaterAsync(),
            _ when place.EndsWith("function returned", StringComparison.Ordinal) => new(new BrokenTask(place), 0),
            _ when place.EndsWith("a retry", StringComparison.Ordinal) => throw new IOException("try again"),
            _ => LaterAsync(),
        };

        async ValueTask<int> LaterAsync()
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), turn.Time, cancellation);
            return job == 3 ? throw new BrokenException(place) : job;
        }
    }

    private sealed class BrokenRandom(string place) : Random
    {
        public override double NextDouble() => throw new BrokenException(place);
    }

    /// <summary>What a user's own task-like thing may do wrong.</summary>
    private sealed class BrokenTask(string place) : IValueTaskSource<int>
    {
        private int _looks;

        public int GetResult(short token) => throw new BrokenException(place);

        public ValueTaskSourceStatus GetStatus(short token)
        {
            // Awaiting looks once, and again when it has a result.
            if (_looks++ == 0)
                BrokenException.If(place, "the status of what the function returned");
            return place == "the continuing of what the function returned" ? ValueTaskSourceStatus.Pending : ValueTaskSourceStatus.Succeeded;
        }

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            throw new BrokenException(place);
    }
}
