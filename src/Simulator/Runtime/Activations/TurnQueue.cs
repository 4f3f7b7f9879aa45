using System.Diagnostics.CodeAnalysis;

namespace AsyncTour.Simulator.Runtime;

/// <summary>
/// The turns of one activation, one at a time on whatever thread the run queue lends it. Continuations of the grain's awaits come here as
/// tasks, calls as messages; both leave in order of arrival. A lent thread drains several turns before it gives others a chance.
/// </summary>
internal sealed class TurnQueue(Activation owner, IRunQueue runQueue) : TaskScheduler, IThreadPoolWorkItem
{
    private readonly ITurnGuard? _guard = runQueue.Guard;

    // Where one thread does everything, and a guard keeps others out, there is nobody to lock out.
    private readonly Lock? _gate = runQueue.Guard is null ? new Lock() : null;
    private TurnItems _items;
    private Message? _first;
    private bool _scheduled;
    private bool _closed;
    private bool _abandoned;

    [ThreadStatic]
    private static TurnQueue? _running;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>The activation whose turn runs on this thread, if any.</summary>
    public static Activation? RunningActivation => _running?.Owner;

    public Activation Owner { get; } = owner;

    /// <summary>False when the activation is gone: the message was not taken.</summary>
    public bool TryPost(Message message)
    {
        if (_guard?.MayArrive(this, message) == false)
            return true;
        _gate?.Enter();
        var taken = !_closed;
        var wakes = taken && Take(message);
        _gate?.Exit();
        if (wakes)
            runQueue.Enqueue(this);
        return taken;
    }

    /// <summary>Takes no further messages. Continuations of what the grain left behind still run.</summary>
    public List<Message> Close()
    {
        _gate?.Enter();
        _closed = true;
        var all = _items.ToArray();
        _items.Clear();
        foreach (var task in all.OfType<Task>())
            _items.Add(task);
        _gate?.Exit();
        return [.. all.OfType<Message>()];
    }

    /// <summary>Runs nothing any more, not even continuations: what the grain was doing stops where it is, as in a crash.</summary>
    public void Abandon()
    {
        _gate?.Enter();
        _closed = _abandoned = true;
        _items.Clear();
        _gate?.Exit();
    }

    public void Execute()
    {
        var outer = _running;
        _running = this;
        try
        {
            for (var turns = runQueue.TurnsAtOnce; turns > 0; turns--)
            {
                if (!TryTake(out var item))
                    return;
                if (item is Task task)
                    TryExecuteTask(task);
                else
                    RunMessages((Message)item);
            }
        }
        finally
        {
            _running = outer;
        }

        if (HasMore())
            runQueue.Enqueue(this);
    }

    protected override void QueueTask(Task task)
    {
        if (_guard?.MayArrive(this, task) == false)
            return;
        _gate?.Enter();
        var wakes = !_abandoned && Take(task);
        _gate?.Exit();
        if (wakes)
            runQueue.Enqueue(this);
    }

    /// <summary>A continuation may run inside the turn that completes its task, when that is a turn of this same activation.</summary>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && _running == this && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        _gate?.Enter();
        var all = _items.ToArray();
        _gate?.Exit();
        return all.OfType<Task>();
    }

    /// <summary>
    /// Messages run inside a task of this scheduler, because that is what makes <see cref="TaskScheduler.Current"/> this one, and so
    /// brings the grain's continuations back. One task serves all messages that follow one another.
    /// </summary>
    private void RunMessages(Message first)
    {
        _first = first;
        new Task(static queue => ((TurnQueue)queue!).Pump(), this).RunSynchronously(this);
    }

    private void Pump()
    {
        var message = _first!;
        for (var turns = runQueue.TurnsAtOnce; ; turns--)
        {
            message.Handle(Owner);
            if (turns <= 1 || !TryTakeMessage(out message))
                return;
        }
    }

    /// <summary>With the gate held. Answers whether the queue must be scheduled.</summary>
    private bool Take(object item)
    {
        _items.Add(item);
        var wakes = !_scheduled;
        _scheduled = true;
        return wakes;
    }

    private bool TryTake([NotNullWhen(true)] out object? item)
    {
        _gate?.Enter();
        var taken = _items.TryTake(out item);
        _scheduled = taken;
        _gate?.Exit();
        return taken;
    }

    private bool TryTakeMessage([NotNullWhen(true)] out Message? message)
    {
        _gate?.Enter();
        message = _items.First as Message;
        if (message is not null)
            _items.TryTake(out _);
        _gate?.Exit();
        return message is not null;
    }

    private bool HasMore()
    {
        _gate?.Enter();
        var more = _scheduled = _items.First is not null;
        _gate?.Exit();
        return more;
    }
}
