using System.Diagnostics;
using AsyncTour.Tracing.Conventions;
using OpenTelemetry;

namespace AsyncTour.Tracing.Recording;

/// <summary>
/// Writes spans in OTLP's JSON: field names in camelCase, ids in hex, enums as numbers, 64-bit integers as strings.
/// </summary>
internal static class OtlpJson
{
    // OTLP's span flags above the W3C byte.
    private const uint ParentIsRemoteKnown = 0x100;
    private const uint ParentIsRemote = 0x200;

    private static readonly long UnixEpochTicks = DateTime.UnixEpoch.Ticks;

    public static void Span(Utf8Buffer to, Activity span, Fragments fragments)
    {
        to.Raw("{\"traceId\":\""u8);
        to.Digits(span.TraceId.ToHexString());
        to.Raw("\",\"spanId\":\""u8);
        to.Digits(span.SpanId.ToHexString());
        if (span.ParentSpanId is var parent && parent != default)
        {
            to.Raw("\",\"parentSpanId\":\""u8);
            to.Digits(parent.ToHexString());
        }

        to.Raw("\",\"flags\":"u8);
        to.Number((uint)span.ActivityTraceFlags | ParentIsRemoteKnown | (span.HasRemoteParent ? ParentIsRemote : 0));
        if (span.TraceStateString is { Length: > 0 } state)
        {
            to.Raw(",\"traceState\":"u8);
            to.String(state);
        }

        to.Raw(",\"name\":"u8);
        to.String(span.DisplayName);
        to.Raw(",\"kind\":"u8);
        to.Number((long)span.Kind + 1);
        to.Raw(",\"startTimeUnixNano\":\""u8);
        to.Number(Nanos(span.StartTimeUtc));
        to.Raw("\",\"endTimeUnixNano\":\""u8);
        to.Number(Nanos(span.StartTimeUtc + span.Duration));
        to.Raw((byte)'"');
        Tags(to, span.EnumerateTagObjects(), fragments);
        Events(to, span);
        Links(to, span);
        Status(to, span);
        to.Raw((byte)'}');
    }

    /// <summary>The key-value list of a resource: <c>"attributes":[…]</c> without a comma before it.</summary>
    public static void Attributes(Utf8Buffer to, IEnumerable<KeyValuePair<string, object>> attributes)
    {
        to.Raw("\"attributes\":["u8);
        var any = false;
        foreach (var (key, value) in attributes)
            Attribute(to, key, value, ref any);
        to.Raw((byte)']');
    }

    /// <summary>The same for a metric's point.</summary>
    public static void Attributes(Utf8Buffer to, ReadOnlyTagCollection attributes)
    {
        to.Raw("\"attributes\":["u8);
        var any = false;
        foreach (var (key, value) in attributes)
        {
            if (value is not null)
                Attribute(to, key, value, ref any);
        }

        to.Raw((byte)']');
    }

    public static long Nanos(DateTime utc) => (utc.Ticks - UnixEpochTicks) * 100;

    private static void Tags(Utf8Buffer to, Activity.Enumerator<KeyValuePair<string, object?>> tags, Fragments? fragments)
    {
        var any = false;
        foreach (ref readonly var tag in tags)
        {
            if (tag.Value is null)
                continue;
            to.Raw(any ? ","u8 : ",\"attributes\":["u8);
            any = true;
            if (fragments is not null && Repeats(tag.Value))
                Remembered(to, tag.Key, tag.Value, fragments);
            else
                Attribute(to, tag.Key, tag.Value);
        }

        if (any)
            to.Raw((byte)']');
    }

    /// <summary>Strings, and the integers that are boxed once for all: the same object is likely to come again.</summary>
    private static bool Repeats(object value) => value is string || (value is int number && ReferenceEquals(Boxed.Of(number), value));

    private static void Remembered(Utf8Buffer to, string key, object value, Fragments fragments)
    {
        if (fragments.TryWrite(to, key, value))
            return;
        var from = to.Length;
        Attribute(to, key, value);
        fragments.Keep(key, value, to.Written[from..]);
    }

    private static void Events(Utf8Buffer to, Activity span)
    {
        var any = false;
        foreach (ref readonly var one in span.EnumerateEvents())
        {
            to.Raw(any ? ","u8 : ",\"events\":["u8);
            any = true;
            to.Raw("{\"timeUnixNano\":\""u8);
            to.Number(Nanos(one.Timestamp.UtcDateTime));
            to.Raw("\",\"name\":"u8);
            to.String(one.Name);
            Tags(to, one.EnumerateTagObjects(), fragments: null);
            to.Raw((byte)'}');
        }

        if (any)
            to.Raw((byte)']');
    }

    private static void Links(Utf8Buffer to, Activity span)
    {
        var any = false;
        foreach (ref readonly var link in span.EnumerateLinks())
        {
            to.Raw(any ? ","u8 : ",\"links\":["u8);
            any = true;
            to.Raw("{\"traceId\":\""u8);
            to.Digits(link.Context.TraceId.ToHexString());
            to.Raw("\",\"spanId\":\""u8);
            to.Digits(link.Context.SpanId.ToHexString());
            to.Raw((byte)'"');
            Tags(to, link.EnumerateTagObjects(), fragments: null);
            to.Raw((byte)'}');
        }

        if (any)
            to.Raw((byte)']');
    }

    private static void Status(Utf8Buffer to, Activity span)
    {
        if (span.Status == ActivityStatusCode.Unset)
            return;
        to.Raw(",\"status\":{\"code\":"u8);
        to.Number((long)span.Status);
        if (span.StatusDescription is { Length: > 0 } description)
        {
            to.Raw(",\"message\":"u8);
            to.String(description);
        }

        to.Raw((byte)'}');
    }

    private static void Attribute(Utf8Buffer to, string key, object value, ref bool any)
    {
        if (any)
            to.Raw((byte)',');
        any = true;
        Attribute(to, key, value);
    }

    private static void Attribute(Utf8Buffer to, string key, object value)
    {
        to.Key(key);
        Value(to, value);
        to.Raw((byte)'}');
    }

    private static void Value(Utf8Buffer to, object? value)
    {
        switch (value)
        {
            case string text:
                to.Raw("{\"stringValue\":"u8);
                to.String(text);
                break;
            case bool flag:
                to.Raw(flag ? "{\"boolValue\":true"u8 : "{\"boolValue\":false"u8);
                break;
            case int number:
                Integer(to, number);
                break;
            case long or short or byte or sbyte or ushort or uint:
                Integer(to, Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case double or float:
                to.Raw("{\"doubleValue\":"u8);
                to.Number(Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case Array items:
                to.Raw("{\"arrayValue\":{\"values\":["u8);
                for (var i = 0; i < items.Length; i++)
                {
                    if (i > 0)
                        to.Raw((byte)',');
                    Value(to, items.GetValue(i));
                }

                to.Raw("]}"u8);
                break;
            case null:
                to.Raw((byte)'{');
                break;
            default:
                to.Raw("{\"stringValue\":"u8);
                to.String(Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
        }

        to.Raw((byte)'}');
    }

    private static void Integer(Utf8Buffer to, long value)
    {
        to.Raw("{\"intValue\":\""u8);
        to.Number(value);
        to.Raw((byte)'"');
    }
}
