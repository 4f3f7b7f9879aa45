using Orleans;
using Orleans.Runtime;

namespace AsyncTour.Grains.Promises;

/// <summary>
/// The promise itself. What may be seen is a snapshot that changes only after the store has it: settlements run one at a
/// time, reads and waits run beside them.
/// </summary>
internal sealed class PromiseGrain(
    [PersistentState("promise", PromiseLimits.Storage)] IPersistentState<PromiseRecord> store,
    TimeProvider time) : Grain, IPromiseGrain
{
    // A promise that lives longer than this is let go of when idle, and forgotten when somebody next asks for it.
    private static readonly TimeSpan LongestHold = TimeSpan.FromHours(1);

    // Waits that end within this of one another end together.
    private static readonly TimeSpan WaitStep = TimeSpan.FromMilliseconds(20);

    private readonly PromiseWaiters _waiters = new(time);
    private PromiseStatus? _seen;
    private PromiseLease? _lease;
    private IGrainTimer? _leaseTimer;
    private TimeSpan _leaseStep;
    private IGrainTimer? _waitTimer;
    private DateTimeOffset? _waitTimerDue;
    private bool _isInDoubt;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (store.RecordExists)
        {
            Show(store.State);
        }

        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        _lease is { IsToBeStored: true } && _seen is not null && !_isInDoubt
            ? Store(store.State with { Deadline = _lease.Deadline })
            : Task.CompletedTask;

    public async Task<PromiseStatus> Create(PromiseCreation creation)
    {
        var id = this.GetPrimaryKeyString();
        Refuse(PromiseRules.RefuseId(id) ?? PromiseRules.Refuse(creation));
        if (Look() is { State: not PromiseState.Forgotten } status)
        {
            Refuse(store.State.CreationTicket == creation.Ticket ? null : $"there is a promise '{id}' already; settle it, wait for it, or give another id");
            return status;
        }

        await Store(PromiseRecord.New(creation, time.GetUtcNow()));
        return _seen!;
    }

    public async Task<PromiseReply> Settle(PromiseSettlement settlement)
    {
        Refuse(PromiseRules.Refuse(settlement));
        var status = Read() ?? throw new RefusedException(PromiseRules.Unknown(this.GetPrimaryKeyString()));
        Refuse(status.State == PromiseState.Forgotten ? PromiseRules.Forgotten(status) : null);
        if (!status.IsSettled)
        {
            await Store(store.State.SettledAs(settlement, time.GetUtcNow()));
            _waiters.Release();
        }

        return new PromiseReply(store.State.SettlementTicket == settlement.Ticket, _seen!);
    }

    public Task<PromiseStatus?> Status() =>
        Task.FromResult(Read() is { } status ? status with { Expires = _lease!.Deadline, Waiting = _waiters.Count } : null);

    public async Task<PromiseStatus?> Wait(TimeSpan wait, CancellationToken cancellationToken)
    {
        if (Read() is not { State: PromiseState.Pending } pending || wait <= TimeSpan.Zero)
        {
            return Look();
        }

        var waiting = _waiters.WaitAsync(wait < PromiseLimits.LongestWait ? wait : PromiseLimits.LongestWait, cancellationToken);
        SetWaitTimer();
        await waiting;
        return Read() ?? pending;
    }

    // The promise as it may be shown now. One whose time has passed is gone, whether or not the timer has noticed.
    private PromiseStatus? Look()
    {
        if (_lease is null || !_lease.IsOver(time.GetUtcNow()))
        {
            return _seen;
        }

        return _seen is { State: not PromiseState.Forgotten } status
            ? status with { State = PromiseState.Forgotten, Value = null, Error = null, ErrorType = null, Settled = null, SettledBy = null, SettledSpan = null }
            : null;
    }

    private PromiseStatus? Read()
    {
        var status = Look();
        if (status is { State: not PromiseState.Forgotten })
        {
            _lease!.Renew(time.GetUtcNow());
        }

        return status;
    }

    private async Task Store(PromiseRecord next)
    {
        store.State = next;
        try
        {
            await store.WriteStateAsync();
        }
        catch
        {
            // Whether it was written nobody here can know: the next activation reads what there is. Those who wait are
            // sent away to ask that one.
            _isInDoubt = true;
            DeactivateOnIdle();
            _waiters.Release();
            throw;
        }

        Show(next);
    }

    private void Show(PromiseRecord record)
    {
        _seen = record.ToStatus(this.GetPrimaryKeyString());
        _lease = new PromiseLease(record.TimeToLive, record.Deadline);
        var left = record.Deadline - time.GetUtcNow();
        DelayDeactivation(left < LongestHold ? left + 2 * _lease.Step : LongestHold);
        if (_leaseStep == _lease.Step)
        {
            return;
        }

        _leaseStep = _lease.Step;
        _leaseTimer ??= this.RegisterGrainTimer(KeepOrForget, new GrainTimerCreationOptions(_leaseStep, _leaseStep));
        _leaseTimer.Change(_leaseStep, _leaseStep);
    }

    private async Task KeepOrForget()
    {
        var now = time.GetUtcNow();
        var record = store.State;
        if (_waiters.Count > 0)
        {
            _lease!.Renew(now);
        }

        if (!_lease!.IsOver(now))
        {
            if (_lease.IsToBeStored)
            {
                await Store(record with { Deadline = _lease.Deadline });
            }
        }
        else if (record.State != PromiseState.Forgotten)
        {
            await Store(record.Forgotten(_lease.Deadline));
        }
        else
        {
            _seen = null;
            await store.ClearStateAsync();
            DelayDeactivation(TimeSpan.Zero);
            DeactivateOnIdle();
        }
    }

    private void SetWaitTimer()
    {
        if (_waiters.FirstEnd is not { } end || _waitTimerDue <= end)
        {
            return;
        }

        var due = end - time.GetUtcNow();
        _waitTimerDue = end;
        _waitTimer ??= this.RegisterGrainTimer(EndWaits, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { Interleave = true });
        _waitTimer.Change(due > WaitStep ? due : WaitStep, Timeout.InfiniteTimeSpan);
    }

    private Task EndWaits()
    {
        _waitTimerDue = null;
        _waiters.ReleaseImpatient();
        SetWaitTimer();
        return Task.CompletedTask;
    }

    private static void Refuse(string? reason)
    {
        if (reason is not null)
        {
            throw new RefusedException(reason);
        }
    }
}
