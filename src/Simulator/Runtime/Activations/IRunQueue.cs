namespace AsyncTour.Simulator.Runtime;

/// <summary>Lends threads to activations that have turns to run. Under virtual time there is one thread, and a seed decides who is next.</summary>
internal interface IRunQueue
{
    /// <summary>How many turns an activation may run before it must queue again.</summary>
    int TurnsAtOnce { get; }

    void Enqueue(TurnQueue turns);
}

/// <summary>Real time: the thread pool, first come, first served.</summary>
internal sealed class ThreadPoolRunQueue : IRunQueue
{
    public int TurnsAtOnce => 64;

    /// <summary>The global queue, not the thread's own: the own one is last in, first out, and jobs would start in reverse.</summary>
    public void Enqueue(TurnQueue turns) => ThreadPool.UnsafeQueueUserWorkItem(turns, preferLocal: false);
}
