using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace AsyncTour.Concurrency.Pools;

/// <summary>The lanes' side of a map: pulls its input into slots, and posts the slots of ended jobs to the reader.</summary>
/// <remarks>
/// The picture: slots go round. A lane takes a free slot and fills it with the next input; when the job has ended the
/// slot goes to the reader under a ticket; the reader empties it and posts it free. In input order the ticket is the
/// job's place in the input; in completion order it is drawn when the job ends. When no slot is free no input is
/// pulled, and that is the whole of the back-pressure.
/// </remarks>
internal sealed class MapFeed<TInput, TResult> : Feed, ITakes<Work>
{
    private readonly MapPlan<TInput, TResult> _plan;
    private readonly Feeds _pool;
    private readonly Lanes<Work> _lanes;
    private readonly MapTally _tally;
    private readonly CancellationTokenSource _stopping;
    private readonly CancellationToken _stop;
    private readonly Func<TInput, CancellationToken, ValueTask<TResult>> _function;
    private readonly bool _isPlain;
    private readonly MapStay<TInput, TResult>?[] _stays;

    // Touched only by the lane that stands at the source.
    private MapSlot<TInput, TResult>? _spare;
    private int _made;
    private long _freed;
    private long _pulled;

    private long _ended;
    private volatile bool _awaitsInput;
    private volatile bool _isEnded;
    private volatile bool _isClosed;

    public MapFeed(MapPlan<TInput, TResult> plan, Feeds pool, Lanes<Work> lanes, int workers, int slots, CancellationToken caller)
    {
        _plan = plan;
        _pool = pool;
        _lanes = lanes;
        _tally = new(plan.Options);
        Slots = slots;
        _stays = new MapStay<TInput, TResult>?[workers];
        Free = new(slots);
        Outcomes = new(slots + 1);
        End = new(this);
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(caller);
        _stop = _stopping.Token;
        _function = plan.Function;
        _isPlain = plan.Runner.IsPlain;
        _stop.UnsafeRegister(static pool => ((Feeds)pool!).Ring(), pool);
    }

    public int Slots { get; }

    /// <summary>The ambient values its jobs see; null where their flow is suppressed.</summary>
    public ExecutionContext? Ambient { get; } = ExecutionContext.Capture();

    public TicketRing Free { get; }

    public TicketRing Outcomes { get; }

    /// <summary>Rung when the outcome the reader waits for is there.</summary>
    public Signal OutcomeArrived { get; } = new();

    /// <summary>Posted to the reader after the last outcome.</summary>
    public MapSlot<TInput, TResult> End { get; }

    /// <summary>The input's own failure; it ends the map after the outcomes of the jobs before it.</summary>
    public Exception? InputFailure { get; private set; }

    /// <summary>True when the pool was left before the input had ended.</summary>
    public bool WasCutShort { get; private set; }

    public override bool WantsTurn => !_isEnded && !_awaitsInput;

    public override bool IsEnded => _isEnded;

    public override void Close() => _isClosed = true;

    /// <summary>Takes no more input and asks the jobs that run to stop.</summary>
    public void Stop() => _stopping.Cancel();

    public override bool TryTake([NotNullWhen(true)] out Work? work)
    {
        work = null;
        if (_isEnded || _awaitsInput)
            return false;

        if (_isClosed || InputFailure is not null || _stop.IsCancellationRequested)
        {
            WasCutShort = _isClosed;
            EndInput();
            return false;
        }

        _spare ??= FreeSlot();
        if (_spare is null || !TryPull(_spare))
            return false;

        work = _spare;
        _spare = null;
        return true;
    }

    /// <summary>That worker's stay, the same one each time it comes.</summary>
    public MapStay<TInput, TResult> StayOf(int worker) => _stays[worker] ??= new(this, worker);

    /// <summary>Starts the slot's job, which sees the ambient values of whoever reads the map, not of whoever made the pool.</summary>
    public ValueTask<TResult> StartAsync(MapSlot<TInput, TResult> slot)
    {
        if (Ambient is not null)
            ExecutionContext.Restore(Ambient);
        return _isPlain ? _function(slot.Input, _stop) : _plan.Runner.RunAsync(slot, _function, slot.Input, _stop);
    }

    /// <summary>Hands over the slot of an ended job. The worker's next job of this map, unless it is another feed's turn.</summary>
    public MapSlot<TInput, TResult>? After(MapSlot<TInput, TResult> slot, int worker)
    {
        slot.Worker = worker;
        _plan.Source.Finished(slot.Input);
        if (_tally.IsEnough(slot.Status, _isEnded ? _pulled : _plan.KnownTotal))
            Stop();

        Post(_plan.InInputOrder ? slot.Index : Interlocked.Increment(ref _ended) - 1, slot);
        return _lanes.TryStay(this, out Work? work) ? Unsafe.As<MapSlot<TInput, TResult>>(work) : null;
    }

    bool ITakes<Work>.TryTakeAgain([NotNullWhen(true)] out Work? work)
    {
        work = null;
        return _pool.IsAlone(this) && TryTake(out work);
    }

    public void Dispose() => _stopping.Dispose();

    private MapSlot<TInput, TResult>? FreeSlot()
    {
        if (_made < Slots)
        {
            _made++;
            return new(this);
        }

        var freed = Unsafe.As<MapSlot<TInput, TResult>>(Free.TakeOrAwait(_freed));
        _freed += freed is null ? 0 : 1;
        return freed;
    }

    private bool TryPull(MapSlot<TInput, TResult> slot)
    {
        try
        {
            if (_plan.Source.TryTake(out TInput? input))
            {
                slot.Fill(_pulled++, input, _plan.Source.HeldBy);
                return true;
            }

            _awaitsInput = true;
            _ = AwaitInputAsync();
        }
        catch (Exception failure)
        {
            InputFailure = failure;
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
            ended = !await _plan.Source.WaitToTakeAsync(_stop);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Stopped: the next look at this feed ends it.
        }
        catch (Exception failure)
        {
            InputFailure = failure;
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
        if (!_stop.IsCancellationRequested && _tally.IsEnoughOf(_pulled))
            Stop();
        Post(_pulled, End);
    }

    private void Post(long ticket, MapSlot<TInput, TResult> slot)
    {
        if (Outcomes.Post(ticket, slot))
            OutcomeArrived.Ring();
    }
}
