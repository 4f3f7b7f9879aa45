using System.Numerics;
using System.Runtime.CompilerServices;

namespace AsyncTour.Concurrency.Pools;

/// <summary>
/// A ring of numbered cells between those who post and the one who takes. Each ticket is posted once and taken once,
/// and no more than a ring's length of tickets are under way, so neither side needs a lock.
/// </summary>
/// <remarks>A taker who comes too early leaves a mark in the cell, and the poster who finds the mark knows that somebody waits.</remarks>
internal sealed class TicketRing<T>(int length)
    where T : class
{
    private static readonly object _awaited = new();
    private readonly object?[] _cells = new object?[BitOperations.RoundUpToPowerOf2((uint)length)];

    /// <summary>Puts the item in its cell.</summary>
    /// <returns>True when the taker has been here and waits.</returns>
    public bool Post(long ticket, T item) => ReferenceEquals(Interlocked.Exchange(ref Cell(ticket), item), _awaited);

    /// <summary>Takes the item of that ticket, or leaves a mark and answers null.</summary>
    public T? TakeOrAwait(long ticket)
    {
        ref object? cell = ref Cell(ticket);
        object? seen = Volatile.Read(ref cell) ?? Interlocked.CompareExchange(ref cell, _awaited, null);
        if (seen is null || ReferenceEquals(seen, _awaited))
            return null;

        Volatile.Write(ref cell, null);
        return Unsafe.As<T>(seen);
    }

    /// <summary>Takes the item of that ticket if it is there, and leaves no mark if it is not.</summary>
    public T? TakeIfThere(long ticket) => Volatile.Read(ref Cell(ticket)) is T ? TakeOrAwait(ticket) : null;

    private ref object? Cell(long ticket) => ref _cells[(int)ticket & (_cells.Length - 1)];
}
