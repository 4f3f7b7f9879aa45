using Orleans;
using Orleans.Concurrency;

namespace AsyncTour.Grains.Promises;

/// <summary>
/// A future with an address: one grain per promise, keyed by its id. Any process may settle it, any number may wait for
/// it, and the first settlement wins. Python's <c>asyncio.Future</c>, shared and kept.
/// </summary>
/// <remarks>
/// A settlement is written to storage before anybody is told of it, so what one caller has seen no crash takes back.
/// Second settlements are answered with a value, not an exception: losing a race is not a fault.
/// </remarks>
[Alias("asynctour.IPromiseGrain")]
public interface IPromiseGrain : IGrainWithStringKey
{
    /// <summary>Makes the promise. Asked again with the same ticket it changes nothing.</summary>
    /// <exception cref="RefusedException">There is a promise of that id, or the id or the time to live is not allowed.</exception>
    [Alias("Create")]
    Task<PromiseStatus> Create(PromiseCreation creation);

    /// <summary>Settles the promise unless somebody was first. Answers when the winner's settlement is stored.</summary>
    /// <exception cref="RefusedException">There is no such promise (any more), or the settlement is not allowed.</exception>
    [Alias("Settle")]
    Task<PromiseReply> Settle(PromiseSettlement settlement);

    /// <summary>Where the promise is; <c>null</c> if it does not exist. Counts as reading it.</summary>
    [AlwaysInterleave, Alias("Status")]
    Task<PromiseStatus?> Status();

    /// <summary>
    /// Where the promise is once it is settled, or after <paramref name="wait"/>, whichever comes first; <c>null</c> at
    /// once if it does not exist. Call it again to go on waiting. Counts as reading it, as long as it lasts.
    /// </summary>
    /// <param name="wait">At most <see cref="PromiseLimits.LongestWait"/>.</param>
    /// <param name="cancellationToken">Gives up this wait; the promise does not notice.</param>
    [AlwaysInterleave, Alias("Wait")]
    Task<PromiseStatus?> Wait(TimeSpan wait, CancellationToken cancellationToken);
}
