using Orleans;

namespace AsyncTour.Grains.Promises;

/// <summary>A promise at one moment. Once it is settled, what it says of the settlement never changes.</summary>
[GenerateSerializer, Immutable, Alias("asynctour.PromiseStatus")]
public sealed record PromiseStatus
{
    /// <summary>The promise's id; <c>{run}/{index}</c> for a job's.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>Where it is in its life.</summary>
    [Id(1)]
    public required PromiseState State { get; init; }

    /// <summary>The value as JSON text; <c>null</c> unless it is done.</summary>
    [Id(2)]
    public string? Value { get; init; }

    /// <summary>What went wrong, or why it was cancelled, as one sentence; <c>null</c> if nobody said.</summary>
    [Id(3)]
    public string? Error { get; init; }

    /// <summary>The full name of the exception's type; <c>null</c> unless it failed.</summary>
    [Id(4)]
    public string? ErrorType { get; init; }

    /// <summary>When it was created, by its silo's clock.</summary>
    [Id(5)]
    public DateTimeOffset Created { get; init; }

    /// <summary>Who created it.</summary>
    [Id(6)]
    public string? CreatedBy { get; init; }

    /// <summary>When it was settled, by its silo's clock; <c>null</c> while it is not.</summary>
    [Id(7)]
    public DateTimeOffset? Settled { get; init; }

    /// <summary>Who settled it; <c>null</c> while nobody has.</summary>
    [Id(8)]
    public string? SettledBy { get; init; }

    /// <summary>The span of the settlement (W3C <c>traceparent</c>), for those who waited to link to; <c>null</c> when nobody recorded it.</summary>
    [Id(9)]
    public string? SettledSpan { get; init; }

    /// <summary>How long it is kept while nobody settles or reads it; <c>null</c>: as long as its run.</summary>
    [Id(10)]
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>When it will be forgotten if nobody settles or reads it until then; <c>null</c> where that is not known.</summary>
    [Id(11)]
    public DateTimeOffset? Expires { get; init; }

    /// <summary>How many wait for it right now.</summary>
    [Id(12)]
    public int Waiting { get; init; }

    /// <summary>Whether it has its outcome. Python's <c>done()</c>.</summary>
    public bool IsSettled => State is PromiseState.Done or PromiseState.Failed or PromiseState.Cancelled;
}
