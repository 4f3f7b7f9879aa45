namespace AsyncTour.Grains.Promises;

/// <summary>Where a handle's promise lives: in a grain of its own, or as one job of a run.</summary>
internal interface IPromiseSource
{
    Task<PromiseStatus?> Status();

    Task<PromiseStatus?> Wait(TimeSpan wait, CancellationToken cancellationToken);

    Task<PromiseReply> Settle(PromiseSettlement settlement);
}

/// <summary>A promise with a grain of its own.</summary>
internal sealed class GrainPromise(IPromiseGrain grain) : IPromiseSource
{
    public Task<PromiseStatus?> Status() => grain.Status();

    public Task<PromiseStatus?> Wait(TimeSpan wait, CancellationToken cancellationToken) => grain.Wait(wait, cancellationToken);

    public Task<PromiseReply> Settle(PromiseSettlement settlement) => grain.Settle(settlement);
}
