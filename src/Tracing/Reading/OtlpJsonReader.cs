using System.Text.Json;
using AsyncTour.Tracing.Conventions;

namespace AsyncTour.Tracing.Reading;

/// <summary>
/// Reads one line of OTLP-JSON into spans. Fields may come in any order and unknown ones are skipped, as the protocol asks
/// of a receiver; integers may be numbers or strings, as protobuf's mapping allows.
/// </summary>
/// <remarks>Not thread-safe: it remembers the words it has seen, so that a million spans share one string for each name.</remarks>
internal sealed class OtlpJsonReader
{
    private readonly OtlpJsonValues _values = new();

    // The engine's spans are two of three and only their place in the tree matters: their attributes are not kept.
    private bool _folds;

    /// <summary>
    /// Adds the line's spans to <paramref name="to"/>. Throws <see cref="JsonException"/>, <see cref="FormatException"/> or
    /// <see cref="InvalidOperationException"/> when the line is not OTLP-JSON, and then has added nothing.
    /// </summary>
    public void Read(ReadOnlySpan<byte> line, List<SpanRecord> to)
    {
        var before = to.Count;
        try
        {
            var json = new Utf8JsonReader(line);
            json.Read();
            Expect(ref json, JsonTokenType.StartObject);
            while (NextField(ref json))
            {
                if (json.ValueTextEquals("resourceSpans"u8))
                    EachItem(ref json, to, ResourceSpans);
                else
                    SkipValue(ref json);
            }
        }
        catch
        {
            to.RemoveRange(before, to.Count - before);
            throw;
        }
    }

    private delegate void Item(ref Utf8JsonReader json, List<SpanRecord> to);

    private void ResourceSpans(ref Utf8JsonReader json, List<SpanRecord> to)
    {
        var first = to.Count;
        var service = "";
        while (NextField(ref json))
        {
            if (json.ValueTextEquals("resource"u8))
                service = Resource(ref json);
            else if (json.ValueTextEquals("scopeSpans"u8))
                EachItem(ref json, to, ScopeSpans);
            else
                SkipValue(ref json);
        }

        for (var i = first; i < to.Count; i++)
            to[i].BelongsToService(service);
    }

    private string Resource(ref Utf8JsonReader json)
    {
        var service = "";
        json.Read();
        Expect(ref json, JsonTokenType.StartObject);
        while (NextField(ref json))
        {
            if (!json.ValueTextEquals("attributes"u8))
                SkipValue(ref json);
            else
                service = _values.Attributes(ref json).Value("service.name") as string ?? "";
        }

        return service;
    }

    private void ScopeSpans(ref Utf8JsonReader json, List<SpanRecord> to)
    {
        var first = to.Count;
        var scope = "";
        _folds = false;
        while (NextField(ref json))
        {
            if (json.ValueTextEquals("scope"u8))
                _folds = (scope = Scope(ref json)).StartsWith(SourceNames.EnginePrefix, StringComparison.Ordinal);
            else if (json.ValueTextEquals("spans"u8))
                EachItem(ref json, to, Span);
            else
                SkipValue(ref json);
        }

        for (var i = first; i < to.Count; i++)
            to[i].BelongsToScope(scope);
    }

    private string Scope(ref Utf8JsonReader json)
    {
        var name = "";
        json.Read();
        Expect(ref json, JsonTokenType.StartObject);
        while (NextField(ref json))
        {
            if (json.ValueTextEquals("name"u8))
                name = _values.Word(ref json);
            else
                SkipValue(ref json);
        }

        return name;
    }

    private void Span(ref Utf8JsonReader json, List<SpanRecord> to)
    {
        string? traceId = null, spanId = null, parent = null, name = null, message = null;
        int kind = 0, status = 0;
        long start = 0, end = 0;
        IReadOnlyList<KeyValuePair<string, object?>> attributes = [];
        IReadOnlyList<SpanEventRecord> events = [];
        IReadOnlyList<SpanLinkRecord> links = [];
        while (NextField(ref json))
        {
            if (json.ValueTextEquals("traceId"u8))
                traceId = _values.Word(ref json);
            else if (json.ValueTextEquals("spanId"u8))
                spanId = OtlpJsonValues.Text(ref json);
            else if (json.ValueTextEquals("parentSpanId"u8))
                parent = OtlpJsonValues.Text(ref json);
            else if (json.ValueTextEquals("name"u8))
                name = _values.Word(ref json);
            else if (json.ValueTextEquals("kind"u8))
                kind = (int)OtlpJsonValues.Integer(ref json);
            else if (json.ValueTextEquals("startTimeUnixNano"u8))
                start = OtlpJsonValues.Integer(ref json);
            else if (json.ValueTextEquals("endTimeUnixNano"u8))
                end = OtlpJsonValues.Integer(ref json);
            else if (!_folds && json.ValueTextEquals("attributes"u8))
                attributes = _values.Attributes(ref json);
            else if (json.ValueTextEquals("events"u8))
                events = _values.Events(ref json);
            else if (json.ValueTextEquals("links"u8))
                links = OtlpJsonValues.Links(ref json);
            else if (json.ValueTextEquals("status"u8))
                (status, message) = Status(ref json);
            else
                SkipValue(ref json);
        }

        to.Add(new SpanRecord
        {
            TraceId = traceId is { Length: 32 } ? traceId : throw new FormatException("A span without a trace id."),
            SpanId = spanId is { Length: 16 } ? spanId : throw new FormatException("A span without an id."),
            ParentSpanId = string.IsNullOrEmpty(parent) ? null : parent,
            Name = name ?? "",
            Kind = kind,
            StartNanos = start,
            EndNanos = end,
            StatusCode = status,
            StatusMessage = message,
            Attributes = attributes,
            Events = events,
            Links = links,
        });
    }

    private static (int Code, string? Message) Status(ref Utf8JsonReader json)
    {
        var code = 0;
        string? message = null;
        json.Read();
        Expect(ref json, JsonTokenType.StartObject);
        while (NextField(ref json))
        {
            if (json.ValueTextEquals("code"u8))
                code = (int)OtlpJsonValues.Integer(ref json);
            else if (json.ValueTextEquals("message"u8))
                message = OtlpJsonValues.Text(ref json);
            else
                SkipValue(ref json);
        }

        return (code, message);
    }

    /// <summary>Standing on an array's field name: reads the array, one object after the other.</summary>
    private static void EachItem(ref Utf8JsonReader json, List<SpanRecord> to, Item item)
    {
        json.Read();
        Expect(ref json, JsonTokenType.StartArray);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            Expect(ref json, JsonTokenType.StartObject);
            item(ref json, to);
        }
    }

    /// <summary>Inside an object: moves to its next field name; false at its end.</summary>
    internal static bool NextField(ref Utf8JsonReader json) => json.Read() && json.TokenType == JsonTokenType.PropertyName;

    internal static void SkipValue(ref Utf8JsonReader json)
    {
        json.Read();
        json.Skip();
    }

    internal static void Expect(ref Utf8JsonReader json, JsonTokenType token)
    {
        if (json.TokenType != token)
            throw new FormatException($"Expected {token}, found {json.TokenType}.");
    }
}
