using System.Diagnostics.CodeAnalysis;

namespace AsyncTour.Concurrency.Pools;

/// <summary>One of the things that want a pool's workers: a map, or all that was submitted.</summary>
internal abstract class Feed
{
    /// <summary>The next piece of work if there is one now. Called by one lane at a time.</summary>
    public abstract bool TryTake([NotNullWhen(true)] out Work? work);

    /// <summary>True when it may have work, so that the others should not go on without giving it a turn.</summary>
    public abstract bool WantsTurn { get; }

    /// <summary>True when there will never be more work.</summary>
    public abstract bool IsEnded { get; }

    /// <summary>The pool is being left: take no more input.</summary>
    public abstract void Close();
}
