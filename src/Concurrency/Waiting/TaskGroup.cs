using AsyncTour.Concurrency.Coroutines;
using AsyncTour.Concurrency.Futures;

namespace AsyncTour.Concurrency.Waiting;

/// <summary>
/// Tasks that live no longer than the block that made them. Leaving waits for all of them; the first to fail cancels
/// the others and the body; all failures come as one <see cref="AggregateException"/>. Python's <c>asyncio.TaskGroup</c>.
/// </summary>
public sealed class TaskGroup
{
    // Its tasks may end on several threads at once, where the home is the thread pool.
    private readonly Lock _gate = new();
    private readonly Delivery _parent;
    private readonly List<Future> _running = [];
    private readonly List<Exception> _failures = [];
    private Future<bool>? _allDone;
    private bool _isExiting;
    private bool _isAborting;
    private bool _cancelledParent;

    private TaskGroup(Delivery parent) => _parent = parent;

    /// <summary>Runs the body with a group of its own, and waits for the group. Python's <c>async with TaskGroup() as group</c>.</summary>
    /// <param name="body">Runs in the calling task.</param>
    /// <returns>What the body returned, once every task of the group is done.</returns>
    /// <exception cref="AggregateException">The body or tasks of the group failed. A cancelled task is no failure.</exception>
    public static async Coroutine<T> Run<T>(Func<TaskGroup, Coroutine<T>> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        if (Delivery.Current is not { } parent)
            return await Asyncio.Schedule(Run(body));

        var group = new TaskGroup(parent);
        T? result = default;
        Exception? bodyFailure = null;
        try
        {
            result = await body(group);
        }
        catch (Exception failure)
        {
            bodyFailure = failure;
        }

        await group.LeaveAsync(bodyFailure);
        return result!;
    }

    /// <summary>Schedules a coroutine in the group. Python's <c>create_task</c>.</summary>
    /// <exception cref="InvalidOperationException">The group is shutting down, or all its tasks have ended.</exception>
    public Scheduled<T> Schedule<T>(Coroutine<T> coroutine, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(coroutine);
        lock (_gate)
        {
            if (_isAborting || (_isExiting && _running.Count == 0))
            {
                coroutine.Close();
                throw new InvalidOperationException(_isAborting ? "TaskGroup is shutting down." : "TaskGroup is finished.");
            }

            Scheduled<T> task = Asyncio.Schedule(coroutine, name);
            _running.Add(task);
            task.AddDoneCallback(Hear);
            return task;
        }
    }

    private async Coroutine<None> LeaveAsync(Exception? bodyFailure)
    {
        var cancellation = bodyFailure as OperationCanceledException;
        lock (_gate)
        {
            _isExiting = true;

            // The cancellation that the group itself sent to its body is not the caller's.
            if (_cancelledParent && _parent.Uncancel() == 0)
                cancellation = null;
            if (bodyFailure is not null)
                TryAbort();
        }

        while (AllDone() is { } allDone)
        {
            try
            {
                await allDone;
            }
            catch (OperationCanceledException fromOutside)
            {
                lock (_gate)
                {
                    if (TryAbort())
                        cancellation = fromOutside;
                }
            }
        }

        if (cancellation is not null && _failures.Count == 0)
            throw cancellation;
        if (bodyFailure is not null and not OperationCanceledException)
            _failures.Add(bodyFailure);
        if (_failures.Count > 0)
            throw new AggregateException("unhandled errors in a TaskGroup", _failures);
        return default;
    }

    private void Hear(Future task)
    {
        lock (_gate)
        {
            _running.Remove(task);
            if (_running.Count == 0)
                _allDone?.TrySetResult(true);
            if (task.State != FutureState.Failed)
                return;

            _failures.Add(task.Failure!);
            if (_cancelledParent || !TryAbort())
                return;

            // Within the gate: a body that ends meanwhile must find the request it is to take back.
            _cancelledParent = true;
            _parent.Task.Cancel();
        }
    }

    /// <summary>What to wait for while tasks run; null when none does.</summary>
    private Future<bool>? AllDone()
    {
        lock (_gate)
            return _running.Count == 0 ? null : _allDone = new Future<bool>();
    }

    private bool TryAbort()
    {
        if (_isAborting)
            return false;
        _isAborting = true;
        foreach (Future task in _running.ToArray())
            task.Cancel();
        return true;
    }
}
