namespace AsyncTour.Simulator.Time;

/// <summary>The code outside of grains, such as a test's body: its continuations are turns too, and the seed mixes them with the grains'.</summary>
internal sealed class ClientTurns(VirtualRunQueue runQueue, Strays strays) : TaskScheduler
{
    private readonly Queue<Task> _tasks = new();

    public override int MaximumConcurrencyLevel => 1;

    public Task Start(Func<Task> body) =>
        Task.Factory.StartNew(body, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    public void Execute()
    {
        if (_tasks.TryDequeue(out var task))
            TryExecuteTask(task);
    }

    protected override void QueueTask(Task task)
    {
        if (strays.IsStray)
        {
            strays.Report("came back to the code outside of grains", task);
            return;
        }

        _tasks.Enqueue(task);
        runQueue.Enqueue(this);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _tasks;
}
