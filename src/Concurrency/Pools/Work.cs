namespace AsyncTour.Concurrency.Pools;

/// <summary>One job of a pool, whatever it takes and returns. It keeps its own outcome: running it never throws.</summary>
internal abstract class Work
{
    /// <summary>How many times it was tried; the first try is 1.</summary>
    public int Attempts { get; set; }

    public abstract ValueTask RunAsync(int worker);
}
