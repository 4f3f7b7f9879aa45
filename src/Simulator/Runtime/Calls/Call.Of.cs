using System.Runtime.CompilerServices;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>A call with its result's type: holds the promise.</summary>
internal abstract class Call<TResult>(GrainReference target, GrainMethod method, Activation? source) : Call(target, method, source)
{
    private AsyncTaskMethodBuilder<TResult> _promise = AsyncTaskMethodBuilder<TResult>.Create();
    private TResult? _result;

    /// <summary>
    /// What the caller awaits. It is read once before the call is sent, because the builder makes the task on the first reading.
    /// The caller's continuation never runs inside the callee's turn: awaits go back to the scheduler they came from, and those of
    /// callers outside of grains are not inlined under a scheduler of another's.
    /// </summary>
    public Task<TResult> Promise => _promise.Task;

    public override void Deliver()
    {
        if (ClientSpan is { } span)
            Tracing.EndClient(span, Failure);
        if (Failure is { } failure)
            _promise.SetException(failure);
        else
            _promise.SetResult(_result!);
    }

    public override void TakeRemote(object? result) => _result = result is null ? default : (TResult)result;

    public override void Fail(Exception reason)
    {
        if (ClientSpan is { } span)
            Tracing.EndClient(span, reason);
        _promise.SetException(reason);
    }

    public override object? ResultOf(Task task) => task is Task<TResult> typed ? typed.Result : null;

    public override Task ResultTask(object? result) => Task.FromResult(result is null ? default! : (TResult)result);

    protected override void TakeOutcome(Task task)
    {
        _result = default;
        Failure = null;
        if (!task.IsCompletedSuccessfully)
            Failure = Outcome.FailureOf(task);
        else if (task is Task<TResult> typed)
            _result = CopyResult(typed.Result);
    }

    protected abstract TResult CopyResult(TResult result);
}

/// <summary>A call with its arguments.</summary>
internal sealed class Call<TArguments, TResult>(GrainReference target, GrainMethod<TArguments, TResult> method, TArguments arguments, Activation? source)
    : Call<TResult>(target, method, source)
{
    public TArguments Arguments { get; } = arguments;

    private GrainMethod<TArguments, TResult> Typed => Unsafe.As<GrainMethod<TArguments, TResult>>(Method);

    public override Task Invoke(object grain) => Typed.Invoke(grain, Arguments, StopToken)
        ?? Task.FromException(new InvalidOperationException($"{Method.ActivityName} of {grain.GetType().Name} returned null instead of a task."));

    public override object?[] ArgumentList()
    {
        var tuple = Arguments as ITuple;
        var list = new object?[tuple?.Length ?? 0];
        for (var i = 0; i < list.Length; i++)
            list[i] = tuple![i];
        return list;
    }

    protected override TResult CopyResult(TResult result) => Typed.CopyResult(result);
}

/// <summary>The result of calls that have none.</summary>
internal readonly record struct Nothing;

/// <summary>The arguments of calls that have none.</summary>
internal readonly record struct NoArguments;

/// <summary>Reads how a task ended.</summary>
internal static class Outcome
{
    public static Exception FailureOf(Task task)
    {
        if (task.IsFaulted)
            return task.Exception.InnerException!;
        try
        {
            task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException cancelled)
        {
            return cancelled;
        }

        throw new InvalidOperationException("A task that had not failed was asked for its failure.");
    }
}
