using Orleans;

namespace AsyncTour.Grains.Promises;

/// <summary>A promise as it is stored. Never changed once it is written: a change is a new record.</summary>
[GenerateSerializer, Alias("asynctour.PromiseRecord")]
public sealed record PromiseRecord
{
    [Id(0)]
    public PromiseState State { get; init; }

    [Id(1)]
    public string? Value { get; init; }

    [Id(2)]
    public string? Error { get; init; }

    [Id(3)]
    public string? ErrorType { get; init; }

    [Id(4)]
    public DateTimeOffset Created { get; init; }

    [Id(5)]
    public string? CreatedBy { get; init; }

    [Id(6)]
    public string? CreationTicket { get; init; }

    [Id(7)]
    public DateTimeOffset? Settled { get; init; }

    [Id(8)]
    public string? SettledBy { get; init; }

    [Id(9)]
    public string? SettledSpan { get; init; }

    [Id(10)]
    public string? SettlementTicket { get; init; }

    [Id(11)]
    public TimeSpan TimeToLive { get; init; }

    /// <summary>When the promise is over if nobody asks for it until then.</summary>
    [Id(12)]
    public DateTimeOffset Deadline { get; init; }

    public static PromiseRecord New(PromiseCreation creation, DateTimeOffset now) => new()
    {
        Created = now,
        CreatedBy = creation.By,
        CreationTicket = creation.Ticket,
        TimeToLive = creation.TimeToLive,
        Deadline = now + creation.TimeToLive,
    };

    public PromiseRecord SettledAs(PromiseSettlement settlement, DateTimeOffset now) => this with
    {
        State = settlement.State,
        Value = settlement.State == PromiseState.Done ? settlement.Value ?? "null" : null,
        Error = settlement.State == PromiseState.Done ? null : settlement.Error,
        ErrorType = settlement.State == PromiseState.Failed ? settlement.ErrorType : null,
        Settled = now,
        SettledBy = settlement.By,
        SettledSpan = settlement.Span,
        SettlementTicket = settlement.Ticket,
        Deadline = now + TimeToLive,
    };

    /// <summary>Only the name is left.</summary>
    public PromiseRecord Forgotten(DateTimeOffset now) => new()
    {
        State = PromiseState.Forgotten,
        Created = Created,
        CreatedBy = CreatedBy,
        TimeToLive = TimeToLive,
        Deadline = now + TimeToLive,
    };

    public PromiseStatus ToStatus(string id) => new()
    {
        Id = id,
        State = State,
        Value = Value,
        Error = Error,
        ErrorType = ErrorType,
        Created = Created,
        CreatedBy = CreatedBy,
        Settled = Settled,
        SettledBy = SettledBy,
        SettledSpan = SettledSpan,
        TimeToLive = TimeToLive,
    };
}
