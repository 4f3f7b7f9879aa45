using System.Numerics;

namespace AsyncTour.Concurrency.Pools;

/// <summary>
/// A ring of numbered cells between those who post and the one who takes. Each ticket is posted once and taken once,
/// and no more than a ring's length of tickets are under way, so neither side needs a lock.
/// </summary>
/// <remarks>
/// A taker who comes too early leaves a mark in the cell, and the poster who finds the mark knows that somebody waits.
/// It is not generic, because the code of a generic class over references looks its types up as it runs, and this code
/// runs twice per job.
/// </remarks>
internal sealed class TicketRing(int length)
{
    private static readonly object _awaited = new();
    private readonly Cell[] _cells = new Cell[BitOperations.RoundUpToPowerOf2((uint)length)];

    /// <summary>Puts the item in its cell.</summary>
    /// <returns>True when the taker has been here and waits.</returns>
    public bool Post(long ticket, object item) => ReferenceEquals(Interlocked.Exchange(ref At(ticket), item), _awaited);

    /// <summary>Takes the item of that ticket, or leaves a mark and answers null.</summary>
    public object? TakeOrAwait(long ticket)
    {
        ref object? cell = ref At(ticket);
        return Take(ref cell, Volatile.Read(ref cell) ?? Interlocked.CompareExchange(ref cell, _awaited, null));
    }

    /// <summary>Takes the item of that ticket if it is there, and leaves no mark if it is not.</summary>
    public object? TakeIfThere(long ticket)
    {
        ref object? cell = ref At(ticket);
        return Take(ref cell, Volatile.Read(ref cell));
    }

    private static object? Take(ref object? cell, object? seen)
    {
        if (seen is null || ReferenceEquals(seen, _awaited))
            return null;

        Volatile.Write(ref cell, null);
        return seen;
    }

    private ref object? At(long ticket) => ref _cells[(int)ticket & (_cells.Length - 1)].Item;

    /// <summary>A struct around the reference spares each access the check that arrays of references make.</summary>
    private struct Cell
    {
        public object? Item;
    }
}
