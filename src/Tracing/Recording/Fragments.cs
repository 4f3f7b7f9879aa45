using System.Runtime.CompilerServices;

namespace AsyncTour.Tracing.Recording;

/// <summary>
/// Attributes as they stand in a line, remembered: most of a span's attributes are the same few strings as on the span before,
/// the very same objects, and copying their bytes is several times as fast as encoding them. Each place holds one attribute
/// and the next that falls on it takes it over, so memory stays as it is whatever comes.
/// </summary>
/// <remarks>Not thread-safe: each stripe of a recorder has its own.</remarks>
internal sealed class Fragments
{
    private const int Places = 256;

    // Longer ones are rare, and encoding them costs little beside what is in them.
    private const int MostBytes = 160;

    private readonly Place[] _places = new Place[Places];

    /// <summary>Writes <c>{"key":…,"value":…}</c> from memory; false when it is not there.</summary>
    public bool TryWrite(Utf8Buffer to, string key, object value)
    {
        ref var place = ref PlaceOf(key, value);
        if (!ReferenceEquals(place.Value, value) || !ReferenceEquals(place.Key, key))
            return false;
        to.Raw(place.Bytes.AsSpan(0, place.Length));
        return true;
    }

    /// <summary>Remembers how an attribute was written. Its value must not change.</summary>
    public void Keep(string key, object value, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MostBytes)
            return;
        ref var place = ref PlaceOf(key, value);
        place.Bytes ??= new byte[MostBytes];
        bytes.CopyTo(place.Bytes);
        (place.Key, place.Value, place.Length) = (key, value, bytes.Length);
    }

    private ref Place PlaceOf(string key, object value) =>
        ref _places[(uint)((RuntimeHelpers.GetHashCode(key) * 31) ^ RuntimeHelpers.GetHashCode(value)) % Places];

    private struct Place
    {
        public string? Key;
        public object? Value;
        public byte[]? Bytes;
        public int Length;
    }
}
