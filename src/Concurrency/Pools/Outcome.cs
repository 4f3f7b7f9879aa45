using System.Runtime.ExceptionServices;

namespace AsyncTour.Concurrency.Pools;

/// <summary>
/// What became of one job of a <see cref="PoolExecutor"/>'s map. A job that fails is an outcome like any other, so that
/// no failure costs another job its result.
/// </summary>
public readonly record struct Outcome<TInput, TResult>
{
    private readonly TResult? _result;

    internal Outcome(TInput input, TResult? result)
    {
        Input = input;
        _result = result;
    }

    /// <summary>The job's place in the input; the first is 0.</summary>
    public long Index { get; init; }

    /// <summary>What the job was given.</summary>
    public TInput Input { get; }

    public JobStatus Status { get; init; }

    /// <summary>The exception of a job that did not succeed; null if it did.</summary>
    public Exception? Error { get; init; }

    /// <summary>The worker that ran it, from 0.</summary>
    public int Worker { get; init; }

    /// <summary>How many times it was tried; 1 when nothing was tried again.</summary>
    public int Attempts { get; init; }

    /// <summary>The limit that held it back before it started, in words (<c>rate 50/s</c>); null when nothing did.</summary>
    public string? HeldBy { get; init; }

    /// <summary>The result, or the job's own exception. Python's <c>future.result()</c>.</summary>
    public TResult Result
    {
        get
        {
            if (Error is not null)
                ExceptionDispatchInfo.Throw(Error);
            return _result!;
        }
    }

    public override string ToString() => Status == JobStatus.Succeeded
        ? $"#{Index} {Input} → {_result}"
        : $"#{Index} {Input} {Status}: {Error?.Message}";
}
