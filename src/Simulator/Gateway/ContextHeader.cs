using System.Text.Json;
using System.Text.Json.Nodes;

namespace AsyncTour.Simulator.Runtime;

/// <summary>
/// <c>RequestContext</c> values as a header: an object as escaped JSON. Texts and truth values are themselves; of the rest each is an
/// object that names its type: <c>{"who":"me","tries":{"Int32":3}}</c>. The types are a closed set, so a header can build nothing else.
/// </summary>
internal static class ContextHeader
{
    private static readonly Dictionary<string, Type> _types = new Type[]
    {
        typeof(sbyte), typeof(byte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong),
        typeof(float), typeof(double), typeof(decimal), typeof(char),
        typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan),
    }.ToDictionary(static type => type.Name, StringComparer.Ordinal);

    /// <exception cref="NotSupportedException">A value is of a type that does not cross.</exception>
    public static string Write(IEnumerable<KeyValuePair<string, object>> values)
    {
        var json = new JsonObject();
        foreach (var (key, value) in values)
            json[key] = Write(key, value);
        return Uri.EscapeDataString(json.ToJsonString());
    }

    /// <exception cref="FormatException">It is not such an object.</exception>
    public static Dictionary<string, object> Read(string header)
    {
        try
        {
            using var json = JsonDocument.Parse(Uri.UnescapeDataString(header));
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                throw new FormatException("It is no object.");
            var values = new Dictionary<string, object>(StringComparer.Ordinal);
            foreach (var one in json.RootElement.EnumerateObject())
                values[one.Name] = Read(one.Value);
            return values;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // The second is a text of half a character.
            throw new FormatException(malformed.Message, malformed);
        }
    }

    private static JsonNode? Write(string key, object value) => value switch
    {
        string text => JsonValue.Create(text),
        bool truth => JsonValue.Create(truth),
        _ when _types.GetValueOrDefault(value.GetType().Name) == value.GetType() => new JsonObject { [value.GetType().Name] = JsonSerializer.SerializeToNode(value, value.GetType(), WireFormat.Options) },
        _ => throw new NotSupportedException($"RequestContext value '{key}' is a {value.GetType().Name}; the Simulator's gateway carries String, Boolean, {string.Join(", ", _types.Keys)}."),
    };

    private static object Read(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                return json.GetString()!;
            case JsonValueKind.True or JsonValueKind.False:
                return json.GetBoolean();
            case JsonValueKind.Object when json.EnumerateObject().ToList() is [var one] && _types.TryGetValue(one.Name, out var type):
                return one.Value.Deserialize(type, WireFormat.Options)!;
            default:
                throw new FormatException($"{json.GetRawText()} is neither a text nor true nor false, nor an object of one of {string.Join(", ", _types.Keys)}.");
        }
    }
}
