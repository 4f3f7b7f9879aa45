namespace AsyncTour.Simulator.Time;

/// <summary>
/// Events that come due in the order in which they were set, as messages do when each takes as long as the others: setting and taking
/// cost nothing that grows. One that would overtake is not taken.
/// </summary>
internal sealed class DueLane
{
    private readonly Queue<(DueHeap.Entry Place, DueEvent Event)> _events = new();
    private long _lastDue;

    public int Count => _events.Count;

    public DueHeap.Entry Next { get; private set; } = DueHeap.Entry.Never;

    /// <summary>False when something that is due later is here already.</summary>
    public bool TryAdd(DueEvent one, long due, DueHeap heap)
    {
        if (due < _lastDue && _events.Count > 0)
            return false;
        _lastDue = due;
        var place = new DueHeap.Entry(due, heap.NextRank());
        if (_events.Count == 0)
            Next = place;
        _events.Enqueue((place, one));
        return true;
    }

    /// <summary>Takes the event that is due first. There must be one.</summary>
    public DueEvent Take()
    {
        var first = _events.Dequeue().Event;
        Next = _events.TryPeek(out var next) ? next.Place : DueHeap.Entry.Never;
        return first;
    }
}
