using System.Diagnostics;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace AsyncTour.Simulator.Runtime;

/// <summary>
/// One life of one grain: an instance, its turns, and what may run in them. It comes to life with the first message, and ends by
/// request, by idleness, by failure, or with its silo. Everything here but the <see cref="IGrainContext"/> surface happens in its turns.
/// </summary>
internal sealed partial class Activation : IGrainContext
{
    private readonly Admission _admission;
    private HashSet<GrainTimer>? _timers;
    private TaskCompletionSource? _deactivated;
    private object? _instance;
    private bool _somethingEnded;
    private bool _admitting;
    private bool _used;

    public Activation(Silo silo, GrainClass grainClass, GrainId id)
    {
        Silo = silo;
        Class = grainClass;
        GrainId = id;
        Turns = new TurnQueue(this, silo.Cluster.RunQueue);
        _admission = new Admission(grainClass.IsReentrant);
    }

    /// <summary>The activation whose turn runs on this thread; null outside of turns.</summary>
    public static Activation? Current => TurnQueue.RunningActivation;

    public Silo Silo { get; }

    public GrainClass Class { get; }

    public GrainId GrainId { get; }

    /// <summary>Its id as spans show it, made once.</summary>
    public string IdText => field ??= GrainId.ToString();

    public TurnQueue Turns { get; }

    public Phase Phase { get; private set; } = Phase.New;

    public ActivationId ActivationId { get; private set; }

    public GrainReference GrainReference => Silo.ReferenceTo(Class.Interfaces[0].Type, GrainId);

    public object? GrainInstance => _instance;

    /// <summary>Until when, by the clock's timestamps, its turns keep it busy, where a simulation says that turns cost time.</summary>
    public long BusyUntil { get; set; }

    /// <summary>How long in all they have kept it busy.</summary>
    public long Busy { get; set; }

    public Task Deactivated => DeactivatedSource.Task;

    public Admission Admission => _admission;

    public static Guid NewReentrancyId() =>
        Current is { } activation ? activation.Silo.Cluster.NewGuid() : Guid.CreateVersion7();

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public void EnterReentrantSection(Guid id) => _admission.EnterSection(id);

    public void LeaveReentrantSection(Guid id) => _admission.LeaveSection(id);

    private TaskCompletionSource DeactivatedSource =>
        LazyInitializer.EnsureInitialized(ref _deactivated, static () => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    public void AddTimer(GrainTimer timer)
    {
        var timers = LazyInitializer.EnsureInitialized(ref _timers);
        lock (timers)
            timers.Add(timer);
    }

    public void RemoveTimer(GrainTimer timer)
    {
        if (_timers is not { } timers)
            return;
        lock (timers)
            timers.Remove(timer);
    }

    /// <summary>A new piece of work: it starts if it may, else it waits.</summary>
    public void Arrive(Work work)
    {
        work.Host = this;
        if (Phase == Phase.New)
        {
            _admission.Wait(work);
            BeginActivation(work);
            return;
        }

        if (Phase != Phase.Valid || !_admission.MayRun(work))
        {
            _admission.Wait(work);
            return;
        }

        Start(work);
        if (_somethingEnded)
            AdmitWaiting();
    }

    /// <summary>The caller of a call that waits here no longer wants it.</summary>
    public void Withdraw(Work work) => _admission.StopWaiting(work);

    private void AdmitWaiting()
    {
        // A work that ends at once would otherwise admit the next from within itself, and a long queue would overflow the stack.
        if (_admitting)
            return;
        _admitting = true;
        while (Phase == Phase.Valid && _admission.Next() is { } work)
            Start(work);
        _admitting = false;
        _somethingEnded = false;
        if (Phase == Phase.Deactivating && _admission.IsIdle)
            BeginEnding();
    }

    private void Start(Work work)
    {
        _admission.Begin(work);
        _used |= work.KeepsAlive;
        Task task;
        try
        {
            task = work.Run(_instance!);
        }
        catch (Exception failure)
        {
            task = Task.FromException(failure);
        }

        if (task.IsCompleted)
        {
            End(work, task);
        }
        else
        {
            task.ContinueWith(
                static (ended, state) =>
                {
                    var work = (Work)state!;
                    work.Host!.End(work, ended);
                    work.Host.AdmitWaiting();
                },
                work,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                Turns);
        }

        ForgetContext();
    }

    private void End(Work work, Task task)
    {
        _admission.End(work);
        _somethingEnded = true;
        work.Complete(task);
        if (task.IsFaulted && task.Exception.InnerException is InconsistentStateException stale)
            Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationError, stale, "Its state was changed by another."));
    }

    /// <summary>What a grain method that is not async leaves in the execution context must not reach the next call.</summary>
    private static void ForgetContext()
    {
        if (ExecutionContext.Capture() is { } context && context != _blank)
            ExecutionContext.Restore(_blank);
    }

    private static readonly ExecutionContext _blank = BlankContext();

    private static ExecutionContext BlankContext()
    {
        // The context in which nothing was ever set is one object, and any thread that never ran user code has it.
        ExecutionContext? blank = null;
        var thread = new Thread(() => blank = ExecutionContext.Capture());
        thread.UnsafeStart();
        thread.Join();
        Debug.Assert(blank is not null, "a fresh thread has an execution context");
        return blank;
    }
}

/// <summary>Where an activation is in its life.</summary>
internal enum Phase
{
    New,
    Activating,
    Valid,
    Deactivating,
    Ending,
    Gone,
}
