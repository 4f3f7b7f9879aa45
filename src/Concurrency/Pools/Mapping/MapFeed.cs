using System.Diagnostics.CodeAnalysis;
using AsyncTour.Concurrency.Futures;

namespace AsyncTour.Concurrency.Pools;

/// <summary>The lanes' side of a map: pulls its input for the workers that come, and puts the outcomes of ended jobs in the reader's ring.</summary>
/// <remarks>
/// The picture: a worker that has no job pulls the next input; when the job has ended its outcome goes to the reader
/// under a ticket. In input order the ticket is the job's place in the input; in completion order it is drawn when the
/// job ends. No input is pulled that is more than so many ahead of what was read, and that is the whole of the
/// back-pressure.
/// </remarks>
internal sealed class MapFeed<TInput, TResult> : Feed
{
    private readonly MapPlan<TInput, TResult> _plan;
    private readonly Feeds _pool;
    private readonly Lanes<Work> _lanes;
    private readonly MapTally _tally;
    private readonly CancellationTokenSource _stopping;
    private readonly CancellationTokenSource _noMoreInput;
    private readonly CancellationToken _stop;
    private readonly Func<TInput, CancellationToken, ValueTask<TResult>> _function;
    private readonly bool _isPlain;
    private readonly int _ahead;

    private readonly IJobSource<TInput> _source;
    private readonly bool _sourceListens;
    private readonly bool _inInputOrder;
    private readonly bool _counts;
    private readonly Stack<MapStay<TInput, TResult>> _idle = new();

    // Touched only by the lane that stands at the source.
    private MapStay<TInput, TResult>? _spare;
    private Apart _pulled;
    private long _limit;

    private Apart _ended;
    private Apart _read;
    private volatile bool _awaitsReader;
    private volatile bool _awaitsInput;
    private volatile bool _isEnded;
    private volatile bool _isClosed;
    private volatile Exception? _failure;

    public MapFeed(MapPlan<TInput, TResult> plan, Feeds pool, Lanes<Work> lanes, int ahead, CancellationToken ofMap, CancellationToken ofReader)
    {
        _plan = plan;
        _pool = pool;
        _lanes = lanes;
        _tally = new(plan.Options);
        _ahead = ahead;
        _limit = ahead;
        Outcomes = new(ahead + 1);
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(ofMap, ofReader);
        _stop = _stopping.Token;
        _noMoreInput = CancellationTokenSource.CreateLinkedTokenSource(_stop);
        _function = plan.Function;
        _isPlain = plan.Runner.IsPlain;
        _source = plan.Source;
        _inInputOrder = plan.InInputOrder;
        _counts = _tally.Counts;
        _sourceListens = plan.Source is not SequenceSource<TInput>;
        _stop.UnsafeRegister(static pool => ((Feeds)pool!).Ring(), pool);
    }

    /// <summary>The ambient values its jobs see: those of whoever reads the map, not of whoever made the pool. Null where their flow is suppressed.</summary>
    public ExecutionContext? Ambient { get; } = ExecutionContext.Capture();

    /// <summary>One longer than the outcomes under way, for the end that comes after them.</summary>
    public MapRing<TInput, TResult> Outcomes { get; }

    /// <summary>Rung when the outcome the reader waits for is there.</summary>
    public Signal OutcomeArrived { get; } = new();

    /// <summary>The first failure that is not a job's own: the input's, its source's, or that of a callback on the jobs' token.</summary>
    public Exception? Failure => _failure;

    /// <summary>True when the pool was left before the input had ended.</summary>
    public bool WasCutShort { get; private set; }

    public override bool WantsTurn => !_isEnded && !_awaitsInput;

    public override bool IsEnded => _isEnded;

    /// <summary>Takes no more input, even while it waits for some; the jobs that run are left alone.</summary>
    public override void Close()
    {
        _isClosed = true;
        Cancel(_noMoreInput);
    }

    /// <summary>Takes no more input and asks the jobs that run to stop. Never throws.</summary>
    public void Stop() => Cancel(_stopping);

    public override bool TryTake([NotNullWhen(true)] out Work? work)
    {
        work = null;
        _spare ??= IdleStay();
        if (!TryFill(_spare))
            return false;

        work = _spare;
        _spare = null;
        return true;
    }

    /// <summary>Gives the stay its next job of this map, unless it is another feed's turn.</summary>
    public bool TryNext(MapStay<TInput, TResult> stay) => _lanes.TryStay(stay);

    /// <summary>The part of <see cref="TryNext"/> that only one lane at a time may do.</summary>
    public bool TryTakeAgain(MapStay<TInput, TResult> stay) => _pool.IsAlone(this) && TryFill(stay);

    public ValueTask<TResult> StartAsync(MapStay<TInput, TResult> stay) =>
        _isPlain ? _function(stay.Input!, _stop) : _plan.Runner.RunAsync(stay, _function, stay.Input!, _stop);

    public void JobEnded(MapStay<TInput, TResult> stay, TResult? result, Exception? error)
    {
        JobStatus status = error switch
        {
            null => JobStatus.Succeeded,
            OperationCanceledException => JobStatus.Cancelled,
            JobTimeoutException => JobStatus.TimedOut,
            _ => JobStatus.Failed,
        };
        if (_sourceListens)
            TellSource(stay.Input!);
        if (_counts)
            Count(status);

        ref MapPlace<TInput, TResult> place = ref Outcomes.At(_inInputOrder ? stay.Index : Interlocked.Increment(ref _ended.Value) - 1);
        place.Fill(stay, status, result, error);
        if (place.Publish())
            OutcomeArrived.Ring();
    }

    /// <summary>The outcomes before that ticket have been read, so the lanes may go on to as many after it.</summary>
    public void ReadUpTo(long ticket)
    {
        Interlocked.Exchange(ref _read.Value, ticket);
        if (!_awaitsReader)
            return;

        _awaitsReader = false;
        _pool.Ring();
    }

    /// <summary>Its worker has left, so the stay can serve another.</summary>
    public void Left(MapStay<TInput, TResult> stay)
    {
        lock (_idle)
            _idle.Push(stay);
    }

    public void Dispose() => _stopping.Dispose();

    private MapStay<TInput, TResult> IdleStay()
    {
        lock (_idle)
            return _idle.TryPop(out MapStay<TInput, TResult>? stay) ? stay : new(this);
    }

    private bool TryFill(MapStay<TInput, TResult> stay)
    {
        if (_isEnded || _awaitsInput)
            return false;

        if (_isClosed || _failure is not null || _stop.IsCancellationRequested)
        {
            WasCutShort = _isClosed && !_stop.IsCancellationRequested;
            EndInput();
            return false;
        }

        return (_pulled.Value < _limit || HasRoom()) && TryPull(stay);
    }

    /// <summary>Asks how far the reader is. If it is too far behind, it is told that the lanes wait for it.</summary>
    private bool HasRoom()
    {
        _limit = Volatile.Read(ref _read.Value) + _ahead;
        if (_pulled.Value < _limit)
            return true;

        // The reader writes how far it is and then looks for the flag; here it is the other way round, so one of the
        // two notices the other.
        _awaitsReader = true;
        Interlocked.MemoryBarrier();
        _limit = Volatile.Read(ref _read.Value) + _ahead;
        return _pulled.Value < _limit;
    }

    private bool TryPull(MapStay<TInput, TResult> stay)
    {
        try
        {
            if (_source.TryTake(out TInput? input))
            {
                string? heldBy = _sourceListens ? _source.HeldBy : null;
                stay.Fill(_pulled.Value++, input, heldBy);
                return true;
            }

            _awaitsInput = true;
            _ = AwaitInputAsync();
        }
        catch (Exception failure)
        {
            Note(failure);
            EndInput();
        }

        return false;
    }

    /// <summary>Runs beside the lanes: while this map waits for its input, other feeds of the pool go on.</summary>
    private async Task AwaitInputAsync()
    {
        bool ended = false;
        try
        {
            ended = !await _source.WaitToTakeAsync(_noMoreInput.Token);
        }
        catch (Exception) when (_noMoreInput.IsCancellationRequested)
        {
            // The wait was given up, and a source may say so in words of its own. The next look at this feed ends it.
        }
        catch (Exception failure)
        {
            Note(failure);
        }

        if (ended)
            EndInput();
        _awaitsInput = false;
        _pool.Ring();
    }

    /// <summary>
    /// All tickets there will be are known now, and the end has the one after them: the reader comes to it last,
    /// whatever still runs.
    /// </summary>
    private void EndInput()
    {
        _isEnded = true;

        // The last success may come this moment: it counts and then looks whether this is the end. See the tally.
        Interlocked.MemoryBarrier();
        if (!_stop.IsCancellationRequested && (_failure is not null || _tally.IsEnough(_pulled.Value)))
            _ = StopAndTellEndAsync();
        else
            TellEnd();
    }

    /// <summary>
    /// Stopping calls back into the jobs, and they may end there and then and come for the next one. So it must not
    /// happen here, where a lane stands at the source; and the end is told after it, so that nobody has left by then.
    /// </summary>
    private async Task StopAndTellEndAsync()
    {
        await Task.Yield();
        Stop();
        TellEnd();
    }

    private void TellEnd()
    {
        if (Outcomes.At(_pulled.Value).PublishEnd())
            OutcomeArrived.Ring();
    }

    private void Count(JobStatus status)
    {
        _tally.Count(status);
        if (_tally.IsEnough(_isEnded ? _pulled.Value : _plan.KnownTotal))
            Stop();
    }

    private void TellSource(TInput ended)
    {
        try
        {
            _source.Finished(ended);
        }
        catch (Exception failure)
        {
            Note(failure);
            Stop();
        }
    }

    private void Cancel(CancellationTokenSource asked)
    {
        try
        {
            asked.Cancel();
        }
        catch (AggregateException failures)
        {
            Note(Failures.OneOrAll(failures));
        }
    }

    private void Note(Exception failure) => Interlocked.CompareExchange(ref _failure, failure, null);
}
