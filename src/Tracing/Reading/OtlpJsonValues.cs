using System.Globalization;
using System.Text.Json;

namespace AsyncTour.Tracing.Reading;

/// <summary>The values inside a span: texts, 64-bit integers, attribute lists, events. Each method stands on a field's name.</summary>
internal sealed class OtlpJsonValues
{
    private const int MostWords = 4096;

    private readonly Dictionary<string, string> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public OtlpJsonValues() => _lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();

    public static string Text(ref Utf8JsonReader json)
    {
        json.Read();
        return json.GetString() ?? "";
    }

    /// <summary>A text that is likely to come again: one string serves all its occurrences.</summary>
    public string Word(ref Utf8JsonReader json)
    {
        json.Read();
        return WordHere(ref json);
    }

    public static long Integer(ref Utf8JsonReader json)
    {
        json.Read();
        return IntegerHere(ref json);
    }

    public IReadOnlyList<KeyValuePair<string, object?>> Attributes(ref Utf8JsonReader json)
    {
        var list = new List<KeyValuePair<string, object?>>(8);
        json.Read();
        OtlpJsonReader.Expect(ref json, JsonTokenType.StartArray);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            OtlpJsonReader.Expect(ref json, JsonTokenType.StartObject);
            var key = "";
            object? value = null;
            while (OtlpJsonReader.NextField(ref json))
            {
                if (json.ValueTextEquals("key"u8))
                    key = Word(ref json);
                else if (json.ValueTextEquals("value"u8))
                    value = Value(ref json);
                else
                    OtlpJsonReader.SkipValue(ref json);
            }

            list.Add(new(key, value));
        }

        return list;
    }

    public IReadOnlyList<SpanEventRecord> Events(ref Utf8JsonReader json)
    {
        var list = new List<SpanEventRecord>();
        json.Read();
        OtlpJsonReader.Expect(ref json, JsonTokenType.StartArray);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            OtlpJsonReader.Expect(ref json, JsonTokenType.StartObject);
            var name = "";
            long time = 0;
            IReadOnlyList<KeyValuePair<string, object?>> attributes = [];
            while (OtlpJsonReader.NextField(ref json))
            {
                if (json.ValueTextEquals("name"u8))
                    name = Word(ref json);
                else if (json.ValueTextEquals("timeUnixNano"u8))
                    time = Integer(ref json);
                else if (json.ValueTextEquals("attributes"u8))
                    attributes = Attributes(ref json);
                else
                    OtlpJsonReader.SkipValue(ref json);
            }

            list.Add(new SpanEventRecord(name, time, attributes));
        }

        return list;
    }

    public static IReadOnlyList<SpanLinkRecord> Links(ref Utf8JsonReader json)
    {
        var list = new List<SpanLinkRecord>(1);
        json.Read();
        OtlpJsonReader.Expect(ref json, JsonTokenType.StartArray);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            OtlpJsonReader.Expect(ref json, JsonTokenType.StartObject);
            string traceId = "", spanId = "";
            while (OtlpJsonReader.NextField(ref json))
            {
                if (json.ValueTextEquals("traceId"u8))
                    traceId = Text(ref json);
                else if (json.ValueTextEquals("spanId"u8))
                    spanId = Text(ref json);
                else
                    OtlpJsonReader.SkipValue(ref json);
            }

            list.Add(new SpanLinkRecord(traceId, spanId));
        }

        return list;
    }

    private object? Value(ref Utf8JsonReader json)
    {
        json.Read();
        OtlpJsonReader.Expect(ref json, JsonTokenType.StartObject);
        object? value = null;
        while (OtlpJsonReader.NextField(ref json))
        {
            if (json.ValueTextEquals("stringValue"u8))
                value = Word(ref json);
            else if (json.ValueTextEquals("intValue"u8))
                value = Integer(ref json);
            else if (json.ValueTextEquals("boolValue"u8))
                value = json.Read() && json.GetBoolean();
            else if (json.ValueTextEquals("doubleValue"u8))
                value = Double(ref json);
            else if (json.ValueTextEquals("arrayValue"u8))
                value = Items(ref json);
            else
                OtlpJsonReader.SkipValue(ref json);
        }

        return value;
    }

    private List<object?> Items(ref Utf8JsonReader json)
    {
        var items = new List<object?>();
        json.Read();
        OtlpJsonReader.Expect(ref json, JsonTokenType.StartObject);
        while (OtlpJsonReader.NextField(ref json))
        {
            if (!json.ValueTextEquals("values"u8))
            {
                OtlpJsonReader.SkipValue(ref json);
                continue;
            }

            json.Read();
            OtlpJsonReader.Expect(ref json, JsonTokenType.StartArray);
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                items.Add(ValueHere(ref json));
        }

        return items;
    }

    /// <summary>Like <see cref="Value"/>, standing on the value's brace: an item of an array has no field name.</summary>
    private object? ValueHere(ref Utf8JsonReader json)
    {
        OtlpJsonReader.Expect(ref json, JsonTokenType.StartObject);
        object? value = null;
        while (OtlpJsonReader.NextField(ref json))
        {
            json.Read();
            value = json.TokenType switch
            {
                JsonTokenType.String => WordHere(ref json),
                JsonTokenType.True => true,
                JsonTokenType.False => false,
                JsonTokenType.Number => json.GetDouble(),
                _ => null,
            };
            json.TrySkip();
        }

        return value;
    }

    private static double Double(ref Utf8JsonReader json)
    {
        json.Read();
        return json.TokenType == JsonTokenType.Number ? json.GetDouble() : json.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            var text => double.Parse(text ?? "", CultureInfo.InvariantCulture),
        };
    }

    private static long IntegerHere(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.Number)
            return json.GetInt64();
        OtlpJsonReader.Expect(ref json, JsonTokenType.String);
        return System.Buffers.Text.Utf8Parser.TryParse(json.ValueSpan, out long value, out var used) && used == json.ValueSpan.Length
            ? value
            : throw new FormatException("An integer was expected.");
    }

    private string WordHere(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.String || json.ValueSpan.Length > 128)
            return json.GetString() ?? "";
        Span<char> text = stackalloc char[128];
        var length = json.CopyString(text);
        if (_lookup.TryGetValue(text[..length], out var word))
            return word;
        word = text[..length].ToString();
        if (_words.Count < MostWords)
            _words.Add(word, word);
        return word;
    }
}
