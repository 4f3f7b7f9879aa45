namespace Orleans.Runtime;

/// <summary>FNV-1a over UTF-16: equal in every process and on every run, so that placement and digests repeat.</summary>
internal static class StableHash
{
    public static uint Of(ReadOnlySpan<char> text)
    {
        var hash = 2166136261u;
        foreach (var c in text)
            hash = unchecked((hash ^ c) * 16777619u);

        // FNV leaves similar keys ("w/1", "w/2") close together; the finish spreads them over the whole range.
        hash ^= hash >> 16;
        hash = unchecked(hash * 0x85ebca6bu);
        hash ^= hash >> 13;
        hash = unchecked(hash * 0xc2b2ae35u);
        return hash ^ (hash >> 16);
    }
}
