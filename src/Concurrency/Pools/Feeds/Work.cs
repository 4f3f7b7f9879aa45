namespace AsyncTour.Concurrency.Pools;

/// <summary>One job of a pool, whatever it takes and returns. It keeps its own outcome: running it never throws.</summary>
internal abstract class Work
{
    /// <summary>How many times it was tried; the first try is 1.</summary>
    public int Attempts { get; set; }

    /// <summary>True when it was cancelled before it could start, and need not be run.</summary>
    public virtual bool IsOver => false;

    public abstract ValueTask RunAsync(int worker);

    /// <summary>Its lane has noticed that the run is over, and does not look at it again.</summary>
    public virtual void Left()
    {
    }
}
