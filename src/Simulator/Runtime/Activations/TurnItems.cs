using System.Diagnostics.CodeAnalysis;

namespace AsyncTour.Simulator.Runtime;

/// <summary>What waits for a turn, in order of arrival. Nearly always that is one thing or none, and then there is no queue.</summary>
internal struct TurnItems
{
    private Queue<object>? _rest;

    /// <summary>What is next; null when nothing waits.</summary>
    public object? First { get; private set; }

    public void Add(object item)
    {
        if (First is null)
            First = item;
        else
            (_rest ??= new Queue<object>()).Enqueue(item);
    }

    public bool TryTake([NotNullWhen(true)] out object? item)
    {
        item = First;
        if (item is null)
            return false;
        First = _rest is { Count: > 0 } rest ? rest.Dequeue() : null;
        return true;
    }

    public void Clear()
    {
        First = null;
        _rest?.Clear();
    }

    public readonly object[] ToArray() => First is null ? [] : [First, .. _rest ?? []];
}
