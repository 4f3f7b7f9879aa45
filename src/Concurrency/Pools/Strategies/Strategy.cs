using System.Diagnostics.CodeAnalysis;

namespace AsyncTour.Concurrency.Pools;

/// <summary>
/// How many jobs run when. A strategy knows nothing of what a job is or of what became of it: it takes jobs from a
/// source, in order, and says which worker runs each.
/// </summary>
/// <remarks>
/// Works unchanged inside a grain turn: every continuation comes back to the scheduler that called
/// <see cref="RunAsync"/>. A strategy holds no state of a run, so one instance serves any number of them.
/// </remarks>
public abstract class Strategy
{
    private protected Strategy(string name, int? maxWorkers)
    {
        Name = name;
        MaxWorkers = maxWorkers;
    }

    /// <summary>The name a user types: one of <see cref="Names"/>.</summary>
    public string Name { get; }

    /// <summary>The most jobs that run at once; null when the input alone decides (<c>wait-all</c>).</summary>
    public int? MaxWorkers { get; }

    /// <summary>
    /// The number of workers when nobody says: Python's default for a thread pool, min(32, cores + 4). The same rule
    /// for every strategy that takes a number.
    /// </summary>
    public static int DefaultMaxWorkers => Math.Min(32, Environment.ProcessorCount + 4);

    /// <summary>Every strategy's name, in the order the notebook tells them.</summary>
    public static IReadOnlyList<string> Names { get; } = ["sequential", "wait-all", "first-completed", "pool", "executor"];

    /// <summary>One job after the other, all by worker 0. The notebook's <c>main_synchronous</c>.</summary>
    public static Strategy Sequential { get; } = new PoolStrategy("sequential", 1);

    /// <summary>Every job at once, each with a worker of its own. The notebook's <c>asyncio.wait</c> over all of them.</summary>
    public static Strategy WaitAll { get; } = new WaitAllStrategy();

    /// <summary>The notebook's refill loop over <c>FIRST_COMPLETED</c>, corrected: it loses no result and starts in input order.</summary>
    public static Strategy FirstCompleted(int maxWorkers) => new FirstCompletedStrategy(Allowed(maxWorkers));

    /// <summary>As many lanes as workers; a lane takes its next job itself. The notebook's <c>AsyncPoolExecutor</c>.</summary>
    public static Strategy Pool(int maxWorkers) => new PoolStrategy("pool", Allowed(maxWorkers));

    /// <summary>The pool's lanes for blocking jobs, each of which its worker runs on a thread. Python's <c>run_in_executor</c>.</summary>
    public static Strategy Executor(int maxWorkers) => new PoolStrategy("executor", Allowed(maxWorkers));

    /// <summary>Finds a strategy by the words a user typed.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="maxWorkers">
    /// Workers, at least 1; null means <see cref="DefaultMaxWorkers"/>. <c>sequential</c> always has one and
    /// <c>wait-all</c> one per job: they check the number and make no other use of it.
    /// </param>
    /// <param name="strategy">The strategy, when the answer is true.</param>
    /// <param name="reason">One sentence that says what was wrong and what is allowed, when the answer is false.</param>
    public static bool TryParse(
        string? name,
        int? maxWorkers,
        [NotNullWhen(true)] out Strategy? strategy,
        [NotNullWhen(false)] out string? reason)
    {
        strategy = null;
        reason = null;
        if (maxWorkers < 1)
        {
            reason = $"max workers is {maxWorkers}, and a pool needs at least 1.";
            return false;
        }

        int workers = maxWorkers ?? DefaultMaxWorkers;
        strategy = name switch
        {
            "sequential" => Sequential,
            "wait-all" => WaitAll,
            "first-completed" => FirstCompleted(workers),
            "pool" => Pool(workers),
            "executor" => Executor(workers),
            _ => null,
        };
        if (strategy is null)
            reason = $"unknown strategy '{name}': the strategies are {string.Join(", ", Names)}.";
        return strategy is not null;
    }

    /// <summary>Runs every job of the source.</summary>
    /// <param name="source">The jobs. They are taken one at a time, only when a worker is free, and start in this order.</param>
    /// <param name="run">
    /// Runs one job on the worker of that number, 0 up to <see cref="MaxWorkers"/>; never called twice at once with
    /// one number. What becomes of the job is its caller's to note: an exception from here is a bug, and the run ends
    /// with it once the other jobs have ended.
    /// </param>
    /// <param name="stop">Ends the taking of jobs. Running ones are waited for, and the call then ends normally.</param>
    public abstract Task RunAsync<TJob>(IJobSource<TJob> source, Func<TJob, int, ValueTask> run, CancellationToken stop = default);

    public override string ToString() => MaxWorkers is { } workers ? $"{Name}({workers})" : Name;

    private static int Allowed(int maxWorkers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxWorkers, 1);
        return maxWorkers;
    }
}
