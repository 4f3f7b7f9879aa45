using System.Globalization;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>Keys as text, the way Orleans writes them: numbers in hexadecimal, Guids without dashes.</summary>
internal static class GrainKey
{
    public static IdSpan Of(long key) => IdSpan.Create(key.ToString("X", CultureInfo.InvariantCulture));

    public static IdSpan Of(Guid key) => IdSpan.Create(key.ToString("N"));

    public static IdSpan Of(string key)
    {
        if (string.IsNullOrWhiteSpace(key))
            throw new ArgumentException("A grain's key is a string that is not empty or blank.", nameof(key));
        return IdSpan.Create(key);
    }

    public static bool TryReadInteger(IdSpan key, out long value) =>
        long.TryParse(key.ToString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);

    public static long ReadInteger(GrainId id) => TryReadInteger(id.Key, out var value)
        ? value
        : throw new InvalidOperationException($"The key of {id} is not a number; ask for GetPrimaryKeyString or GetPrimaryKey.");

    public static Guid ReadGuid(GrainId id) => Guid.TryParseExact(id.Key.ToString(), "N", out var value)
        ? value
        : throw new InvalidOperationException($"The key of {id} is not a Guid; ask for GetPrimaryKeyString or GetPrimaryKeyLong.");
}
