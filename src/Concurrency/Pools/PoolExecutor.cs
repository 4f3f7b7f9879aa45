using AsyncTour.Concurrency.Futures;

namespace AsyncTour.Concurrency.Pools;

/// <summary>
/// Runs asynchronous functions, at most so many at once. The notebook's <c>AsyncPoolExecutor</c>, with the manners of
/// Python's <c>concurrent.futures</c>.
/// </summary>
/// <remarks>
/// The bound holds over everything the pool runs, maps and submitted jobs together; they take turns. Input is pulled
/// when a worker is free to run it and the reader keeps up, so a map over an endless input uses no more memory than
/// one over ten. A job that was cancelled or timed out keeps its worker until it has really stopped.
/// A failure that is not a job's own (the input's, its source's, that of a callback on the jobs' token) ends its map:
/// what runs is asked to stop and waited for, its outcomes are told, and reading on throws the failure.
/// Jobs run on the scheduler the pool was made on: a pool made in a grain's turn runs its jobs as turns of that grain.
/// A job that blocks or computes for long holds a thread of that scheduler: it belongs on a <see cref="ThreadExecutor"/>.
/// Leave it with <c>await using</c>, which waits for what was submitted.
/// </remarks>
public sealed class PoolExecutor : IAsyncDisposable
{
    private readonly Feeds _feeds = new();
    private readonly Submissions _submissions = new();
    private readonly Lanes<Work> _lanes;
    private readonly Task _whole;
    private readonly PoolOptions _options;
    private readonly JobRunner _runner;
    private readonly int _ahead;

    /// <param name="maxWorkers">Jobs at once, at least 1; null is Python's default, min(32, cores + 4).</param>
    /// <param name="options">Policies; null for the defaults.</param>
    public PoolExecutor(int? maxWorkers = null, PoolOptions? options = null)
    {
        if (maxWorkers < 1)
            throw new ArgumentOutOfRangeException(nameof(maxWorkers), maxWorkers, "A pool needs at least 1 worker.");
        if (options?.Buffer < 0)
            throw new ArgumentOutOfRangeException(nameof(options), options.Buffer, "A pool's buffer is 0 or more.");
        if (options?.JobTimeout <= TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(options), options.JobTimeout, "A job timeout is more than zero, or null for none.");

        MaxWorkers = maxWorkers ?? Strategy.DefaultMaxWorkers;
        _options = options ?? new PoolOptions();
        long ahead = MaxWorkers + (_options.Buffer ?? (3L * MaxWorkers));
        if (ahead >= MapRing.MaxLength)
            throw new ArgumentOutOfRangeException(nameof(options), ahead, $"A pool's workers and buffer (unless told, three per worker) are together less than {MapRing.MaxLength}: each map has a place ready for every one.");
        _ahead = (int)ahead;
        _runner = new JobRunner(_options);
        _feeds.TryAdd(_submissions);
        _lanes = new(_feeds, static (work, worker) => work.RunAsync(worker), MaxWorkers, CancellationToken.None);
        _whole = _lanes.RunAsync();
    }

    /// <summary>The most jobs that run at once.</summary>
    public int MaxWorkers { get; }

    /// <summary>What it is doing at this moment.</summary>
    public PoolStatistics Statistics => _lanes.Statistics(_submissions.Waiting);

    /// <summary>Queues one job. Submitted jobs start in the order they were submitted. Python's <c>submit</c>.</summary>
    /// <param name="function">The job. The token asks it to stop.</param>
    /// <param name="cancellation">The same as calling <see cref="Future.Cancel"/> on the answer.</param>
    /// <returns>A future of the job's result. Cancelled before it starts the job never runs; after, it is done when it has stopped.</returns>
    /// <exception cref="ObjectDisposedException">The pool was left.</exception>
    public Future<TResult> Submit<TResult>(Func<CancellationToken, ValueTask<TResult>> function, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        var job = new Submission<TResult>(function, _runner, cancellation);
        if (!_submissions.TryAdd(job))
        {
            job.Refused();
            throw new ObjectDisposedException(GetType().FullName);
        }

        _feeds.Ring();
        return job.Outcome;
    }

    /// <summary>Runs the function over every input; outcomes come in the order of the input. Python's <c>map</c>.</summary>
    /// <param name="inputs">Pulled lazily: never more than workers plus buffer ahead of what has been read.</param>
    /// <param name="function">The job. The token asks it to stop.</param>
    /// <param name="cancellation">
    /// Stops the map: no more input, running jobs asked to stop; after their outcomes, reading throws. A token given to
    /// the reading (<c>WithCancellation</c>) does the same, beside this one.
    /// </param>
    /// <returns>
    /// One outcome per job, the failed ones too. Nothing runs before the first is asked for; leaving the loop early
    /// stops the jobs that run and waits for them.
    /// </returns>
    public IAsyncEnumerable<Outcome<TInput, TResult>> Map<TInput, TResult>(
        IEnumerable<TInput> inputs,
        Func<TInput, CancellationToken, ValueTask<TResult>> function,
        CancellationToken cancellation = default) =>
        Plan(JobSource.From(inputs), Count(inputs), function, inInputOrder: true, cancellation);

    /// <inheritdoc cref="Map{TInput,TResult}(IEnumerable{TInput},Func{TInput,CancellationToken,ValueTask{TResult}},CancellationToken)"/>
    public IAsyncEnumerable<Outcome<TInput, TResult>> Map<TInput, TResult>(
        IAsyncEnumerable<TInput> inputs,
        Func<TInput, CancellationToken, ValueTask<TResult>> function,
        CancellationToken cancellation = default) =>
        Plan(JobSource.From(inputs), null, function, inInputOrder: true, cancellation);

    /// <inheritdoc cref="Map{TInput,TResult}(IEnumerable{TInput},Func{TInput,CancellationToken,ValueTask{TResult}},CancellationToken)"/>
    public IAsyncEnumerable<Outcome<TInput, TResult>> Map<TInput, TResult>(
        IJobSource<TInput> inputs,
        Func<TInput, CancellationToken, ValueTask<TResult>> function,
        CancellationToken cancellation = default) =>
        Plan(inputs, null, function, inInputOrder: true, cancellation);

    /// <summary>The same as <c>Map</c>, but outcomes come as jobs end. Python's <c>as_completed</c> over <c>submit</c>.</summary>
    /// <inheritdoc cref="Map{TInput,TResult}(IEnumerable{TInput},Func{TInput,CancellationToken,ValueTask{TResult}},CancellationToken)"/>
    public IAsyncEnumerable<Outcome<TInput, TResult>> MapUnordered<TInput, TResult>(
        IEnumerable<TInput> inputs,
        Func<TInput, CancellationToken, ValueTask<TResult>> function,
        CancellationToken cancellation = default) =>
        Plan(JobSource.From(inputs), Count(inputs), function, inInputOrder: false, cancellation);

    /// <inheritdoc cref="MapUnordered{TInput,TResult}(IEnumerable{TInput},Func{TInput,CancellationToken,ValueTask{TResult}},CancellationToken)"/>
    public IAsyncEnumerable<Outcome<TInput, TResult>> MapUnordered<TInput, TResult>(
        IAsyncEnumerable<TInput> inputs,
        Func<TInput, CancellationToken, ValueTask<TResult>> function,
        CancellationToken cancellation = default) =>
        Plan(JobSource.From(inputs), null, function, inInputOrder: false, cancellation);

    /// <inheritdoc cref="MapUnordered{TInput,TResult}(IEnumerable{TInput},Func{TInput,CancellationToken,ValueTask{TResult}},CancellationToken)"/>
    public IAsyncEnumerable<Outcome<TInput, TResult>> MapUnordered<TInput, TResult>(
        IJobSource<TInput> inputs,
        Func<TInput, CancellationToken, ValueTask<TResult>> function,
        CancellationToken cancellation = default) =>
        Plan(inputs, null, function, inInputOrder: false, cancellation);

    /// <summary>
    /// Takes nothing new and waits for what was submitted. A map that is still being read takes no more input; what it
    /// has started ends and can be read, and reading on then throws <see cref="ObjectDisposedException"/>.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        _feeds.Close();
        await _whole;
    }

    private static long? Count<TInput>(IEnumerable<TInput> inputs) =>
        inputs.TryGetNonEnumeratedCount(out int count) ? count : null;

    private MapSequence<TInput, TResult> Plan<TInput, TResult>(
        IJobSource<TInput> inputs,
        long? count,
        Func<TInput, CancellationToken, ValueTask<TResult>> function,
        bool inInputOrder,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(function);
        var plan = new MapPlan<TInput, TResult>(inputs, count, function, inInputOrder, _options, _runner);
        return new(plan, _feeds, _lanes, (int)Math.Min(_ahead, Math.Max(count ?? _ahead, MaxWorkers)), cancellation);
    }
}
