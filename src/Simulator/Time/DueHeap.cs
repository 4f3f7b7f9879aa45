using System.Diagnostics;

namespace AsyncTour.Simulator.Time;

/// <summary>Something that happens at a known instant of virtual time: a timer, or a message that arrives.</summary>
internal abstract class DueEvent
{
    /// <summary>Its place among a heap's events, or -1 while it is not there.</summary>
    public int Slot { get; set; } = -1;

    public abstract void Happen();
}

/// <summary>
/// Events by due time, and at one instant in the order in which they were set. Setting and taking cost the logarithm of what waits,
/// and taking back costs nothing, so a million timers are no trouble.
/// </summary>
/// <remarks>
/// What is sorted are 16 bytes without a reference: four children to a node are one line of the processor's cache, and moving them
/// touches neither the events nor the collector. An event that is taken back leaves its entry behind, which is passed over when its
/// turn comes; when the left-behind are more than half, all are swept out.
/// </remarks>
internal sealed class DueHeap
{
    private const int Children = 4;
    private const int SlotBits = 24;
    private const int MostEvents = 1 << SlotBits;

    private Entry[] _entries = new Entry[64];
    private DueEvent?[] _events = new DueEvent?[64];

    // All slots: those of the entries first, in no order, and the free ones behind.
    private int[] _slots = [.. Enumerable.Range(0, 64)];
    private int _length;
    private int _leftBehind;
    private long _order;

    public int Count => _length - _leftBehind;

    /// <summary>When the next event is due, and its rank among those of one instant; the end of time when there is none.</summary>
    public Entry Next => _length == 0 ? Entry.Never : _entries[0];

    /// <summary>Has an event wait until it is due.</summary>
    public void Add(DueEvent one, long due)
    {
        if (_length == _entries.Length)
            Grow();
        var slot = _slots[_length];
        _events[slot] = one;
        one.Slot = slot;
        Rise(_length++, new Entry(due, (NextOrder() << SlotBits) | (uint)slot));
    }

    /// <summary>A rank behind all that were given, for events that wait elsewhere and are compared with those here.</summary>
    public long NextRank() => NextOrder() << SlotBits;

    /// <summary>Takes the event that is due first. There must be one.</summary>
    public DueEvent Take()
    {
        var first = _events[_entries[0].Slot]!;
        first.Slot = -1;
        RemoveFirst();
        DropLeftBehind();
        return first;
    }

    /// <summary>Takes an event back before it is due. False when it was not set.</summary>
    public bool Remove(DueEvent one)
    {
        if (one.Slot < 0)
            return false;
        _events[one.Slot] = null;
        one.Slot = -1;
        _leftBehind++;
        if (_leftBehind > 64 && _leftBehind > _length / 2)
            Sweep();
        DropLeftBehind();
        return true;
    }

    private long NextOrder() => ++_order;

    /// <summary>The first entry is always that of an event.</summary>
    private void DropLeftBehind()
    {
        while (_leftBehind > 0 && _length > 0 && _events[_entries[0].Slot] is null)
        {
            RemoveFirst();
            _leftBehind--;
        }
    }

    private void RemoveFirst()
    {
        var slot = _entries[0].Slot;
        _events[slot] = null;
        _slots[--_length] = slot;
        if (_length > 0)
            Sink(0, _entries[_length]);
    }

    private void Sweep()
    {
        var kept = 0;
        var entries = _entries.AsSpan(0, _length);
        foreach (var entry in entries)
        {
            if (_events[entry.Slot] is not null)
                entries[kept++] = entry;
            else
                _slots[--_length] = entry.Slot;
        }

        Debug.Assert(kept == _length, "every entry is an event's or was left behind");
        _leftBehind = 0;

        // The least first is a heap.
        entries[..kept].Sort(static (one, other) => one.Due == other.Due ? one.Rank.CompareTo(other.Rank) : one.Due.CompareTo(other.Due));
    }

    private void Grow()
    {
        var size = _length * 2;
        if (size > MostEvents)
            throw new InvalidOperationException($"More than {MostEvents:N0} timers and messages are under way at once, which is more than a simulation holds.");
        Array.Resize(ref _entries, size);
        Array.Resize(ref _events, size);
        Array.Resize(ref _slots, size);
        for (var slot = _length; slot < size; slot++)
            _slots[slot] = slot;
    }

    private void Rise(int place, Entry entry)
    {
        var entries = _entries;
        while (place > 0)
        {
            var parent = (place - 1) / Children;
            if (!entry.IsBefore(entries[parent]))
                break;
            entries[place] = entries[parent];
            place = parent;
        }

        entries[place] = entry;
    }

    private void Sink(int place, Entry entry)
    {
        var entries = _entries.AsSpan(0, _length);
        while (true)
        {
            var first = (place * Children) + 1;
            if (first >= entries.Length)
                break;
            var least = first;
            var end = Math.Min(first + Children, entries.Length);
            for (var child = first + 1; child < end; child++)
            {
                if (entries[child].IsBefore(entries[least]))
                    least = child;
            }

            if (!entries[least].IsBefore(entry))
                break;
            entries[place] = entries[least];
            place = least;
        }

        entries[place] = entry;
    }

    /// <param name="Due">The instant.</param>
    /// <param name="Rank">The order in which it was set, and below that the slot of its event.</param>
    internal readonly record struct Entry(long Due, long Rank)
    {
        public static readonly Entry Never = new(long.MaxValue, long.MaxValue);

        public int Slot => (int)Rank & (MostEvents - 1);

        public bool IsBefore(Entry other) => Due < other.Due || (Due == other.Due && Rank < other.Rank);
    }
}
