using System.Collections.Concurrent;

namespace AsyncTour.Concurrency.Tests.Turns;

/// <summary>
/// A grain's turn, as the toolbox meets it: one thing at a time, on a scheduler that is not the default one. It runs
/// on the test's own thread, moves virtual time when nothing else is left to do, and names a deadlock as one.
/// </summary>
public sealed class TurnScheduler : TaskScheduler
{
    private readonly ConcurrentQueue<Task> _queue = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private int _strayed;

    public VirtualTime Time { get; } = new();

    /// <summary>How many continuations came from another thread: each of them had left the scheduler.</summary>
    public int Strayed => _strayed;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Runs a body as a grain turn would, and asserts that nothing in it ever left the scheduler.</summary>
    public static void Run(Func<TurnScheduler, Task> body)
    {
        var turn = new TurnScheduler();
        turn.RunToEnd(() => body(turn));
        turn.Strayed.ShouldBe(0, "a continuation left the scheduler");
    }

    public void RunToEnd(Func<Task> body)
    {
        SynchronizationContext? outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            Task whole = Task.Factory.StartNew(body, CancellationToken.None, TaskCreationOptions.None, this).Unwrap();
            while (!whole.IsCompleted)
            {
                if (!TryRunOne() && !Time.TryAdvance())
                    throw new InvalidOperationException("Deadlock: nothing is queued, no timer is set, and the body has not ended.");
            }

            // What the body left behind it still runs, as it would in a grain.
            while (TryRunOne())
            {
            }

            whole.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    /// <summary>Fails the test when the calling code is not inside a turn of this scheduler.</summary>
    public void MustBeCurrent() => Current.ShouldBe(this, "this code left its scheduler");

    protected override void QueueTask(Task task)
    {
        if (Environment.CurrentManagedThreadId != _thread)
            Interlocked.Increment(ref _strayed);
        _queue.Enqueue(task);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _queue;

    private bool TryRunOne()
    {
        if (!_queue.TryDequeue(out Task? task))
            return false;

        TryExecuteTask(task);
        return true;
    }
}
