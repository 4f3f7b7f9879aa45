namespace AsyncTour.Simulator.Runtime;

/// <summary>
/// The turns of one activation, one at a time on whatever thread the run queue lends it. Continuations of the grain's awaits come here as
/// tasks, calls as messages; both leave in order of arrival. A lent thread drains several turns before it gives others a chance.
/// </summary>
internal sealed class TurnQueue(Activation owner, IRunQueue runQueue) : TaskScheduler, IThreadPoolWorkItem
{
    private readonly Queue<object> _items = new();
    private readonly ITurnGuard? _guard = runQueue.Guard;
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
        _guard?.Arriving(this, message);
        lock (_items)
        {
            if (_closed)
                return false;
            _items.Enqueue(message);
            if (_scheduled)
                return true;
            _scheduled = true;
        }

        runQueue.Enqueue(this);
        return true;
    }

    /// <summary>Takes no further messages. Continuations of what the grain left behind still run.</summary>
    public List<Message> Close()
    {
        lock (_items)
        {
            _closed = true;
            var left = _items.OfType<Message>().ToList();
            if (left.Count > 0)
            {
                var tasks = _items.OfType<Task>().ToList();
                _items.Clear();
                tasks.ForEach(_items.Enqueue);
            }

            return left;
        }
    }

    /// <summary>Runs nothing any more, not even continuations: what the grain was doing stops where it is, as in a crash.</summary>
    public void Abandon()
    {
        lock (_items)
        {
            _closed = _abandoned = true;
            _items.Clear();
        }
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
                    RunMessages((Message)item!);
            }
        }
        finally
        {
            _running = outer;
        }

        lock (_items)
        {
            if (_items.Count == 0)
            {
                _scheduled = false;
                return;
            }
        }

        runQueue.Enqueue(this);
    }

    protected override void QueueTask(Task task)
    {
        _guard?.Arriving(this, task);
        lock (_items)
        {
            if (_abandoned)
                return;
            _items.Enqueue(task);
            if (_scheduled)
                return;
            _scheduled = true;
        }

        runQueue.Enqueue(this);
    }

    /// <summary>A continuation may run inside the turn that completes its task, when that is a turn of this same activation.</summary>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && _running == this && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_items)
            return _items.OfType<Task>().ToArray();
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
            if (turns <= 1 || !TryTakeMessage(out message!))
                return;
        }
    }

    private bool TryTake(out object? item)
    {
        lock (_items)
        {
            if (_items.TryDequeue(out item))
                return true;
            _scheduled = false;
            return false;
        }
    }

    private bool TryTakeMessage(out Message? message)
    {
        lock (_items)
        {
            message = _items.TryPeek(out var item) ? item as Message : null;
            if (message is not null)
                _items.Dequeue();
            return message is not null;
        }
    }
}
