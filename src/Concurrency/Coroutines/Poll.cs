namespace AsyncTour.Concurrency.Coroutines;

/// <summary>One look at a coroutine: not ready, or the value.</summary>
public readonly record struct Poll<T>
{
    private readonly T? _value;

    internal Poll(T value)
    {
        _value = value;
        IsReady = true;
    }

    /// <summary>True when the coroutine has returned.</summary>
    public bool IsReady { get; }

    /// <summary>What it returned.</summary>
    /// <exception cref="InvalidOperationException">It is not ready.</exception>
    public T Value => IsReady ? _value! : throw new InvalidOperationException("Result not ready yet. Please try again.");

    public override string ToString() => IsReady ? Futures.Printed.Value(_value) : "Result not ready yet. Please try again.";
}
