using Orleans;

namespace AsyncTour.Grains.Promises;

/// <summary>What somebody wants a promise to become.</summary>
[GenerateSerializer, Immutable, Alias("asynctour.PromiseSettlement")]
public sealed record PromiseSettlement
{
    /// <summary>Done, failed or cancelled.</summary>
    [Id(0)]
    public required PromiseState State { get; init; }

    /// <summary>The value as JSON text, when it is to be done.</summary>
    [Id(1)]
    public string? Value { get; init; }

    /// <summary>What went wrong, or why it is cancelled.</summary>
    [Id(2)]
    public string? Error { get; init; }

    /// <summary>The full name of the exception's type, when it is to fail.</summary>
    [Id(3)]
    public string? ErrorType { get; init; }

    /// <summary>Who settles it, for people to read.</summary>
    [Id(4)]
    public required string By { get; init; }

    /// <summary>
    /// Names this very settlement. A settler that got no answer may offer the same ticket again, and is told that it won
    /// if it was the first: a crash between the write and the answer does not turn a winner into a loser.
    /// </summary>
    [Id(5)]
    public required string Ticket { get; init; }

    /// <summary>The settler's span (W3C <c>traceparent</c>); <c>null</c> when nobody records.</summary>
    [Id(6)]
    public string? Span { get; init; }
}

/// <summary>What became of a settlement.</summary>
/// <param name="Won">Whether this settlement is the one that counts. The first wins; every other is told so.</param>
/// <param name="Status">The promise, settled.</param>
[GenerateSerializer, Immutable, Alias("asynctour.PromiseReply")]
public sealed record PromiseReply([property: Id(0)] bool Won, [property: Id(1)] PromiseStatus Status);
