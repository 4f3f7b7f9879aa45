using AsyncTour.Concurrency.Futures;

namespace AsyncTour.Concurrency.Pools;

/// <summary>
/// Runs blocking functions on threads of its own, at most so many at once, so that whoever awaits them does not block.
/// Python's <c>ThreadPoolExecutor</c> and <c>loop.run_in_executor</c>.
/// </summary>
/// <remarks>
/// The threads are its own and never the shared thread pool's: a hundred sleeping calls here starve nobody else. They
/// start as they are needed and end when it is disposed. A function sees the ambient values of whoever submitted it.
/// Cancelling is honest. A call that still waits for a thread is cancelled at once and never runs; a running one is
/// asked, through its token, and stays pending until it has really returned, for no runtime can stop it.
/// </remarks>
public sealed class ThreadExecutor : IAsyncDisposable
{
    private readonly object _gate = new();
    private readonly Queue<BlockingCall> _queue = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _name;

    private int _threads;
    private int _idle;
    private int _running;
    private long _completed;
    private bool _closed;

    /// <param name="maxWorkers">Threads, at least 1; null is Python's default, min(32, cores + 4).</param>
    /// <param name="name">What its threads are called in a debugger: <c>name-0</c> and on.</param>
    public ThreadExecutor(int? maxWorkers = null, string name = "executor")
    {
        if (maxWorkers < 1)
            throw new ArgumentOutOfRangeException(nameof(maxWorkers), maxWorkers, "An executor needs at least 1 worker.");
        MaxWorkers = maxWorkers ?? Strategy.DefaultMaxWorkers;
        _name = name;
    }

    /// <summary>The most calls that run at once.</summary>
    public int MaxWorkers { get; }

    /// <summary>What it is doing at this moment.</summary>
    public ExecutorStatistics Statistics
    {
        get
        {
            lock (_gate)
                return new(MaxWorkers, _threads, _running, _queue.Count(call => !call.IsOver), _completed);
        }
    }

    /// <summary>Queues a blocking function. Functions start in the order they were submitted. Python's <c>submit</c>.</summary>
    /// <param name="function">Runs on one of the threads. The token asks it to return early; it need not.</param>
    /// <param name="cancellation">The same as calling <see cref="Future.Cancel"/> on the answer.</param>
    /// <returns>
    /// A future that is done when the function has returned. A result that arrives after a cancellation was asked for
    /// is a result; a function that answered its token by throwing is cancelled.
    /// </returns>
    /// <exception cref="ObjectDisposedException">It was disposed.</exception>
    public Future<T> Submit<T>(Func<CancellationToken, T> function, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        var call = new BlockingCall<T>(function, cancellation);
        if (!TryQueue(call))
        {
            call.Refused();
            throw new ObjectDisposedException(GetType().FullName);
        }

        return call.Outcome;
    }

    /// <summary>Queues a blocking function that takes no token: once it runs it will not be asked to stop.</summary>
    public Future<T> Submit<T>(Func<T> function, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Submit(_ => function(), cancellation);
    }

    /// <summary>Takes nothing new, waits for what was submitted, and ends the threads. Python's <c>with</c>.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (!_closed && _threads == 0)
                _ended.SetResult();
            _closed = true;
            Monitor.PulseAll(_gate);
        }

        return new(_ended.Task);
    }

    private bool TryQueue(BlockingCall call)
    {
        lock (_gate)
        {
            if (_closed)
                return false;

            _queue.Enqueue(call);
            if (_idle < _queue.Count && _threads < MaxWorkers)
                StartThreadLocked();
            Monitor.Pulse(_gate);
            return true;
        }
    }

    private void StartThreadLocked()
    {
        var thread = new Thread(Work) { IsBackground = true, Name = $"{_name}-{_threads}" };
        thread.UnsafeStart();
        _threads++;
    }

    private void Work()
    {
        while (Next() is { } call)
        {
            bool ran = call.TryRun();
            lock (_gate)
            {
                _running--;
                _completed += ran ? 1 : 0;
            }

            call.Announce();
        }

        lock (_gate)
        {
            if (--_threads == 0)
                _ended.SetResult();
        }
    }

    /// <summary>The next call, or null when the executor is closed and nothing is queued.</summary>
    private BlockingCall? Next()
    {
        lock (_gate)
        {
            _idle++;
            while (_queue.Count == 0 && !_closed)
                Monitor.Wait(_gate);
            _idle--;

            if (_queue.TryDequeue(out BlockingCall? call))
                _running++;
            return call;
        }
    }
}
