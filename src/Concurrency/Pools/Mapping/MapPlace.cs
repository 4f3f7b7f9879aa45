using System.Runtime.CompilerServices;

namespace AsyncTour.Concurrency.Pools;

/// <summary>
/// A place in the ring. It is written once per job, when the job has ended, and read once: while a job runs, all that
/// is known of it stays with its worker, where no other thread looks.
/// </summary>
internal struct MapPlace<TInput, TResult>
{
    private const int Empty = 0;
    private const int Awaited = 1;
    private const int Filled = 2;
    private const int End = 3;

    private TInput? _input;
    private TResult? _result;
    private Exception? _error;
    private string? _heldBy;
    private long _index;
    private JobStatus _status;
    private int _worker;
    private int _attempts;
    private int _state;

    public readonly bool IsEnd => _state == End;

    public readonly Outcome<TInput, TResult> Outcome => new(_input!, _result)
    {
        Index = _index,
        Status = _status,
        Error = _error,
        Worker = _worker,
        Attempts = _attempts,
        HeldBy = _heldBy,
    };

    public void Fill(MapStay<TInput, TResult> job, JobStatus status, TResult? result, Exception? error)
    {
        _input = job.Input;
        _result = result;
        _index = job.Index;
        _status = status;
        _worker = job.Worker;
        _attempts = Math.Max(job.Attempts, 1);
        if (error is not null)
            _error = error;
        if (job.HeldBy is { } limit)
            _heldBy = limit;
    }

    /// <summary>Lets the reader see what was written before.</summary>
    /// <returns>True when the reader has been here and waits.</returns>
    public bool Publish() => Interlocked.Exchange(ref _state, Filled) == Awaited;

    /// <summary>Tells the reader that there is no such ticket, nor any after it.</summary>
    /// <inheritdoc cref="Publish"/>
    public bool PublishEnd() => Interlocked.Exchange(ref _state, End) == Awaited;

    /// <summary>True when there is something to read.</summary>
    public bool IsThere() => Volatile.Read(ref _state) >= Filled;

    /// <summary>True when there is something to read; otherwise leaves the mark that it is waited for.</summary>
    public bool IsThereOrAwaited() => IsThere() || Interlocked.CompareExchange(ref _state, Awaited, Empty) >= Filled;

    /// <summary>Keeps nothing of the job. A fence must come between this and whoever fills the place again.</summary>
    public void Clear()
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TInput>())
            _input = default;
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TResult>())
            _result = default;
        _error = null;
        _heldBy = null;
        _state = Empty;
    }
}
