using System.Globalization;

namespace AsyncTour.Tracing.Reading;

/// <summary>One span as it was read. Times are nanoseconds since 1970, as in the file.</summary>
public sealed record SpanRecord
{
    private string _scope = "";
    private string _service = "";

    /// <summary>32 hex digits.</summary>
    public required string TraceId { get; init; }

    /// <summary>16 hex digits.</summary>
    public required string SpanId { get; init; }

    /// <summary>16 hex digits, or null for a root.</summary>
    public string? ParentSpanId { get; init; }

    public required string Name { get; init; }

    /// <summary>The name of the instrumentation scope: which source made the span.</summary>
    public string Scope { get => _scope; init => _scope = value; }

    /// <summary>The service that recorded it.</summary>
    public string Service { get => _service; init => _service = value; }

    /// <summary>OTLP's number: 1 internal, 2 server, 3 client, 4 producer, 5 consumer.</summary>
    public int Kind { get; init; }

    public long StartNanos { get; init; }

    public long EndNanos { get; init; }

    /// <summary>OTLP's number: 0 unset, 1 ok, 2 error.</summary>
    public int StatusCode { get; init; }

    public string? StatusMessage { get; init; }

    /// <summary>Values are string, bool, long, double, or a list of these.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Attributes { get; init; } = [];

    public IReadOnlyList<SpanEventRecord> Events { get; init; } = [];

    /// <summary>Spans that this one has to do with without being their child, perhaps of other traces.</summary>
    public IReadOnlyList<SpanLinkRecord> Links { get; init; } = [];

    public string? Text(string attribute) => Attributes.Value(attribute) as string;

    /// <summary>An integer attribute; null when it is missing or is no integer.</summary>
    public long? Integer(string attribute) => Attributes.Value(attribute) as long?;

    public bool Flag(string attribute) => Attributes.Value(attribute) is true;

    /// <summary>A double attribute; an integer will do.</summary>
    public double? Number(string attribute) => Attributes.Value(attribute) switch
    {
        double number => number,
        long integer => integer,
        _ => null,
    };

    /// <summary>A line names scope and service once for many spans, and may name them after the spans.</summary>
    internal void BelongsToScope(string scope) => _scope = scope;

    internal void BelongsToService(string service) => _service = service;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} ({SpanId})");
}

/// <summary>Another span, by its trace (32 hex digits) and its id (16).</summary>
public sealed record SpanLinkRecord(string TraceId, string SpanId);

/// <summary>An event on a span.</summary>
public sealed record SpanEventRecord(string Name, long TimeNanos, IReadOnlyList<KeyValuePair<string, object?>> Attributes);

internal static class AttributeLists
{
    /// <summary>Spans carry about ten attributes: looking along the list beats a dictionary for each span.</summary>
    public static object? Value(this IReadOnlyList<KeyValuePair<string, object?>> attributes, string name)
    {
        for (var i = 0; i < attributes.Count; i++)
        {
            if (attributes[i].Key == name)
                return attributes[i].Value;
        }

        return null;
    }
}
