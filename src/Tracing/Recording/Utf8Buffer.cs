using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;
using System.Text;
using System.Text.Unicode;

namespace AsyncTour.Tracing.Recording;

/// <summary>
/// A growing run of UTF-8 bytes with just the verbs JSON needs. It exists for speed: hundreds of thousands of spans a second
/// leave no room for a writer that checks each token's place.
/// </summary>
internal sealed class Utf8Buffer
{
    private static readonly SearchValues<char> MustEscape =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(static n => (char)n), '"', '\\']);

    private const int MostKeys = 256;

    private readonly Dictionary<string, byte[]> _keys = new(ReferenceEqualityComparer.Instance);
    private byte[] _bytes;

    public Utf8Buffer(int capacity = 64 << 10) => _bytes = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
    }

    public void Raw(byte one)
    {
        Room(1)[0] = one;
        Length++;
    }

    public void Number(long value)
    {
        var ok = Utf8Formatter.TryFormat(value, Room(20), out var written);
        Debug.Assert(ok, "Twenty bytes hold every 64-bit integer.");
        Length += written;
    }

    /// <summary>A double as JSON; what JSON has no number for goes in quotes, as protobuf's mapping says.</summary>
    public void Number(double value)
    {
        if (!double.IsFinite(value))
        {
            String(double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
            return;
        }

        var ok = value.TryFormat(Room(32), out var written, "R", System.Globalization.CultureInfo.InvariantCulture);
        Debug.Assert(ok, "Thirty-two bytes hold every double.");
        Length += written;
    }

    /// <summary>Hex digits of an id, which an activity keeps as text already.</summary>
    public void Digits(string hex)
    {
        var status = Ascii.FromUtf16(hex, Room(hex.Length), out var written);
        Debug.Assert(status == OperationStatus.Done, "Hex digits are ASCII.");
        Length += written;
    }

    /// <summary>
    /// What stands before an attribute's value, <c>{"key":"…","value":</c>. Keys are constants that repeat on every span, so
    /// each is encoded once for each buffer; should somebody make keys up as they go, the memory for it is bounded.
    /// </summary>
    public void Key(string key)
    {
        if (_keys.TryGetValue(key, out var encoded))
        {
            Raw(encoded);
            return;
        }

        var from = Length;
        Raw("{\"key\":"u8);
        String(key);
        Raw(",\"value\":"u8);
        if (_keys.Count < MostKeys)
            _keys.Add(key, _bytes.AsSpan(from, Length - from).ToArray());
    }

    /// <summary>A quoted and escaped JSON string.</summary>
    public void String(ReadOnlySpan<char> text)
    {
        Raw((byte)'"');
        while (true)
        {
            var special = text.IndexOfAny(MustEscape);
            Transcode(special < 0 ? text : text[..special]);
            if (special < 0)
                break;
            Escape(text[special]);
            text = text[(special + 1)..];
        }

        Raw((byte)'"');
    }

    private void Transcode(ReadOnlySpan<char> text)
    {
        // Three bytes a UTF-16 unit is the most there can be; a lone surrogate becomes U+FFFD.
        Utf8.FromUtf16(text, Room(text.Length * 3), out _, out var written, replaceInvalidSequences: true);
        Length += written;
    }

    private void Escape(char special)
    {
        switch (special)
        {
            case '"':
                Raw("\\\""u8);
                break;
            case '\\':
                Raw("\\\\"u8);
                break;
            case '\n':
                Raw("\\n"u8);
                break;
            case '\t':
                Raw("\\t"u8);
                break;
            default:
                Raw("\\u00"u8);
                Raw("0123456789abcdef"u8[special >> 4]);
                Raw("0123456789abcdef"u8[special & 15]);
                break;
        }
    }

    private Span<byte> Room(int more)
    {
        if (_bytes.Length - Length < more)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + more));
        return _bytes.AsSpan(Length);
    }
}
