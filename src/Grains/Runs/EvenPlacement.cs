using Orleans.Placement;
using Orleans.Runtime;

namespace AsyncTour.Grains.Runs;

/// <summary>
/// Worker n of a run goes to the n-th silo, counted round: no silo has more than its share of a run's workers, rounded
/// up. Random placement promises no such thing, and Orleans' default puts nearly all fresh workers on one silo.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class EvenPlacementAttribute() : PlacementAttribute(new EvenPlacement());

/// <summary>The rule behind <see cref="EvenPlacementAttribute"/>. The silo's host says how it is followed.</summary>
public sealed class EvenPlacement : PlacementStrategy
{
    /// <summary>Which of <paramref name="silos"/> silos, in an order all agree on, a worker belongs to. Each run begins at a silo of its own.</summary>
    /// <param name="key">The worker's key: run id, slash, number.</param>
    /// <param name="silos">How many silos there are.</param>
    public static int SiloOf(string key, int silos)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(silos, 1);
        var slash = key.LastIndexOf('/');
        var number = uint.Parse(key.AsSpan(slash + 1), System.Globalization.CultureInfo.InvariantCulture);
        var first = Hash(key.AsSpan(0, slash)) % (uint)silos;
        return (int)((first + number) % (uint)silos);
    }

    // Equal in every process, which string.GetHashCode is not: FNV-1a.
    private static uint Hash(ReadOnlySpan<char> text)
    {
        var hash = 2_166_136_261u;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 16_777_619u;
        }

        return hash;
    }
}
