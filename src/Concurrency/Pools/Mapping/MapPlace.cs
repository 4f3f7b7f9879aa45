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
    private Remark? _remark;
    private long _index;
    private int _worker;
    private int _state;

    public readonly bool IsEnd => _state == End;

    public readonly Outcome<TInput, TResult> Outcome => new(_input!, _result)
    {
        Index = _index,
        Worker = _worker,
        Status = _remark?.Status ?? JobStatus.Succeeded,
        Error = _remark?.Error,
        Attempts = _remark?.Attempts ?? 1,
        HeldBy = _remark?.HeldBy,
    };

    public void Fill(MapStay<TInput, TResult> job, JobStatus status, TResult? result, Exception? error)
    {
        _input = job.Input;
        _result = result;
        _index = job.Index;
        _worker = job.Worker;
        if (error is not null || job.Attempts > 1 || job.HeldBy is not null)
            _remark = new(status, error, Math.Max(job.Attempts, 1), job.HeldBy);
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
        _remark = null;
        _state = Empty;
    }

    /// <summary>What is to be said of a job that did not simply succeed. Most do, and their places are smaller for it.</summary>
    private sealed record Remark(JobStatus Status, Exception? Error, int Attempts, string? HeldBy);
}
