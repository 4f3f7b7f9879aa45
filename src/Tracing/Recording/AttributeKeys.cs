using System.Collections.Concurrent;

namespace AsyncTour.Tracing.Recording;

/// <summary>
/// The bytes before an attribute's value, <c>{"key":"…","value":</c>, made once for each key: keys are few and repeat on
/// every span. The memory is bounded, should somebody make keys up as they go.
/// </summary>
internal static class AttributeKeys
{
    private const int MostKeys = 512;

    private static readonly ConcurrentDictionary<string, byte[]> Known = new(StringComparer.Ordinal);

    public static ReadOnlySpan<byte> Encoded(string key)
    {
        if (Known.TryGetValue(key, out var encoded))
            return encoded;
        encoded = Encode(key);
        if (Known.Count < MostKeys)
            Known.TryAdd(key, encoded);
        return encoded;
    }

    private static byte[] Encode(string key)
    {
        var buffer = new Utf8Buffer(64);
        buffer.Raw("{\"key\":"u8);
        buffer.String(key);
        buffer.Raw(",\"value\":"u8);
        return buffer.Written.ToArray();
    }
}
