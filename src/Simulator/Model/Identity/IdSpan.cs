namespace Orleans.Runtime;

/// <summary>A name inside an identity: a grain type, or a grain's key.</summary>
public readonly struct IdSpan : IEquatable<IdSpan>, IComparable<IdSpan>
{
    private readonly string? _text;
    private readonly int _hash;

    private IdSpan(string text)
    {
        _text = text;
        _hash = unchecked((int)StableHash.Of(text));
    }

    public bool IsDefault => string.IsNullOrEmpty(_text);

    public static bool operator ==(IdSpan left, IdSpan right) => left.Equals(right);

    public static bool operator !=(IdSpan left, IdSpan right) => !left.Equals(right);

    public static IdSpan Create(string id) => new(id);

    public bool Equals(IdSpan obj) => _hash == obj._hash && _text == obj._text;

    public override bool Equals(object? obj) => obj is IdSpan other && Equals(other);

    public override int GetHashCode() => _hash;

    /// <summary>The same in every process, unlike <see cref="string.GetHashCode()"/>.</summary>
    public uint GetUniformHashCode() => unchecked((uint)_hash);

    public int CompareTo(IdSpan other) => string.CompareOrdinal(_text, other._text);

    public override string? ToString() => _text;
}
