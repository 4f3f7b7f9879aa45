namespace AsyncTour.Concurrency.Coroutines;

/// <summary>The result of a coroutine that has none. Python's <c>None</c>.</summary>
public readonly record struct None
{
    public override string ToString() => "None";
}
