using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Orleans.Runtime;

/// <summary>Which silo, and which life of it: a restarted silo has the same end point and a later generation.</summary>
public sealed class SiloAddress : IEquatable<SiloAddress>, IComparable<SiloAddress>
{
    private SiloAddress(IPEndPoint endpoint, int generation)
    {
        Endpoint = endpoint;
        Generation = generation;
    }

    public IPEndPoint Endpoint { get; }

    public int Generation { get; }

    public static SiloAddress New(IPEndPoint ep, int gen) => new(ep, gen);

    public static SiloAddress New(IPAddress address, int port, int generation) => new(new IPEndPoint(address, port), generation);

    public string ToParsableString() => $"{Endpoint}@{Generation}";

    /// <summary>Reads what <see cref="ToParsableString"/> writes.</summary>
    public static bool TryParse(string? value, [NotNullWhen(true)] out SiloAddress? result)
    {
        result = null;
        var at = value?.LastIndexOf('@') ?? -1;
        if (at < 0 || !IPEndPoint.TryParse(value.AsSpan(0, at), out var endpoint)
            || !int.TryParse(value.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var generation))
            return false;
        result = New(endpoint, generation);
        return true;
    }

    public bool Equals(SiloAddress? other) => other is not null && Generation == other.Generation && Endpoint.Equals(other.Endpoint);

    public override bool Equals(object? obj) => Equals(obj as SiloAddress);

    public override int GetHashCode() => unchecked((int)StableHash.Of(ToParsableString()));

    /// <summary>By address, port and generation.</summary>
    public int CompareTo(SiloAddress? other)
    {
        if (other is null)
            return 1;
        var byAddress = Endpoint.Address.Equals(other.Endpoint.Address) ? 0 : string.CompareOrdinal(Endpoint.Address.ToString(), other.Endpoint.Address.ToString());
        if (byAddress != 0)
            return byAddress;
        return Endpoint.Port == other.Endpoint.Port ? Generation.CompareTo(other.Generation) : Endpoint.Port.CompareTo(other.Endpoint.Port);
    }

    public override string ToString() => $"S{Endpoint.Address}:{Endpoint.Port}:{Generation}";
}
