namespace AsyncTour.Simulator.Time;

/// <summary>Something that happens at a known instant of virtual time: a timer, or a message that arrives.</summary>
internal abstract class DueEvent
{
    public long Due { get; set; }

    /// <summary>Its place in the heap, or -1 while it is not there.</summary>
    public int Place { get; set; } = -1;

    public abstract void Happen();
}

/// <summary>
/// Events by due time, and at one instant in the order in which they were set. Setting, taking and removing cost the logarithm
/// of what waits, so a million timers are no trouble, and a removed one leaves nothing behind.
/// </summary>
/// <remarks>Four children to a node: half the levels of a binary heap, and the four are neighbours in memory.</remarks>
internal sealed class DueHeap
{
    private const int Children = 4;

    private Entry[] _entries = new Entry[64];
    private long _order;

    public int Count { get; private set; }

    /// <summary>When the next event is due; the end of time when there is none.</summary>
    public long NextDue => Count == 0 ? long.MaxValue : _entries[0].Due;

    public void Add(DueEvent one, long due)
    {
        if (Count == _entries.Length)
            Array.Resize(ref _entries, Count * 2);
        one.Due = due;
        Rise(Count++, new Entry(due, ++_order, one));
    }

    /// <summary>Takes the event that is due first. There must be one.</summary>
    public DueEvent Take()
    {
        var first = _entries[0].Event;
        RemoveAt(0);
        return first;
    }

    /// <summary>Takes an event back before it is due. False when it was not set.</summary>
    public bool Remove(DueEvent one)
    {
        if (one.Place < 0)
            return false;
        RemoveAt(one.Place);
        return true;
    }

    private void RemoveAt(int place)
    {
        _entries[place].Event.Place = -1;
        var last = _entries[--Count];
        _entries[Count] = default;
        if (place == Count)
            return;
        if (place > 0 && last.IsBefore(_entries[(place - 1) / Children]))
            Rise(place, last);
        else
            Sink(place, last);
    }

    private void Rise(int place, Entry entry)
    {
        while (place > 0)
        {
            var parent = (place - 1) / Children;
            if (!entry.IsBefore(_entries[parent]))
                break;
            Put(place, _entries[parent]);
            place = parent;
        }

        Put(place, entry);
    }

    private void Sink(int place, Entry entry)
    {
        while (true)
        {
            var first = (place * Children) + 1;
            if (first >= Count)
                break;
            var least = first;
            var end = Math.Min(first + Children, Count);
            for (var child = first + 1; child < end; child++)
            {
                if (_entries[child].IsBefore(_entries[least]))
                    least = child;
            }

            if (!_entries[least].IsBefore(entry))
                break;
            Put(place, _entries[least]);
            place = least;
        }

        Put(place, entry);
    }

    private void Put(int place, in Entry entry)
    {
        _entries[place] = entry;
        entry.Event.Place = place;
    }

    private readonly record struct Entry(long Due, long Order, DueEvent Event)
    {
        public bool IsBefore(in Entry other) => Due < other.Due || (Due == other.Due && Order < other.Order);
    }
}
