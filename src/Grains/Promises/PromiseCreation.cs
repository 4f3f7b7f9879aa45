using Orleans;

namespace AsyncTour.Grains.Promises;

/// <summary>How a promise begins.</summary>
/// <param name="TimeToLive">How long it is kept while nobody settles or reads it.</param>
/// <param name="By">Who creates it, for people to read.</param>
/// <param name="Ticket">Names this very creation, so that it may be asked for again when no answer came.</param>
[GenerateSerializer, Immutable, Alias("asynctour.PromiseCreation")]
public sealed record PromiseCreation(
    [property: Id(0)] TimeSpan TimeToLive,
    [property: Id(1)] string By,
    [property: Id(2)] string Ticket);
