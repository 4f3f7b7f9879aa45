using System.Numerics;

namespace AsyncTour.Concurrency.Pools;

/// <summary>What is true of every ring.</summary>
internal static class MapRing
{
    /// <summary>The longest there can be: a power of two that an array can have.</summary>
    public const int MaxLength = 1 << 30;
}

/// <summary>
/// A ring of numbered places between the lanes, who put outcomes there, and the one reader. Each ticket is put once
/// and read once, and no more than a ring's length of tickets are under way, so neither side needs a lock.
/// </summary>
/// <remarks>
/// A reader who comes too early leaves a mark in the place, and the lane that finds the mark knows that somebody waits.
/// </remarks>
internal sealed class MapRing<TInput, TResult>(int length)
{
    private readonly MapPlace<TInput, TResult>[] _places = new MapPlace<TInput, TResult>[BitOperations.RoundUpToPowerOf2((uint)length)];

    /// <summary>Where the outcome of that ticket goes.</summary>
    public ref MapPlace<TInput, TResult> At(long ticket) => ref _places[(int)ticket & (_places.Length - 1)];
}
