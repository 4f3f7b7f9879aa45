using AsyncTour.Grains.Promises;
using Orleans;

namespace AsyncTour.Simulation.Tests.Canaries;

/// <summary>A promise that looks whether it is settled, then waits, as for a write, then settles: two rivals in that gap both win.</summary>
[Orleans.Concurrency.Reentrant]
internal sealed class TwiceSettledGrain(TimeProvider time) : Grain, IPromiseGrain
{
    private PromiseStatus? _status;

    public Task<PromiseStatus> Create(PromiseCreation creation) =>
        Task.FromResult(_status ??= new PromiseStatus { Id = this.GetPrimaryKeyString(), State = PromiseState.Pending });

    public async Task<PromiseReply> Settle(PromiseSettlement settlement)
    {
        if (_status!.IsSettled)
            return new PromiseReply(false, _status);
        await Task.Delay(TimeSpan.FromMilliseconds(5), time);
        _status = _status with { State = settlement.State, Value = settlement.Value, Settled = time.GetUtcNow(), SettledBy = settlement.By };
        return new PromiseReply(true, _status);
    }

    public Task<PromiseStatus?> Status() => Task.FromResult(_status);

    public Task<PromiseStatus?> Wait(TimeSpan wait, CancellationToken cancellationToken) => Status();
}
