namespace AsyncTour.Simulator.Runtime;

/// <summary>Lends threads to activations that have turns to run. Under virtual time there is one thread, and a seed decides who is next.</summary>
internal interface IRunQueue
{
    /// <summary>How many turns an activation may run before it must queue again.</summary>
    int TurnsAtOnce { get; }

    /// <summary>Looks at each arrival before it is queued; null when nobody does, as in real time.</summary>
    ITurnGuard? Guard => null;

    void Enqueue(TurnQueue turns);
}

/// <summary>Sees what arrives for an activation, on the thread it arrives from: under virtual time there is one right thread, and so no lock.</summary>
internal interface ITurnGuard
{
    /// <summary>Whether it may be queued; what comes from a wrong thread is reported, and lost.</summary>
    /// <param name="turns">Where it arrives.</param>
    /// <param name="item">A message, or the task of a continuation.</param>
    bool MayArrive(TurnQueue turns, object item);
}

/// <summary>Real time: the thread pool, first come, first served.</summary>
internal sealed class ThreadPoolRunQueue : IRunQueue
{
    public int TurnsAtOnce => 64;

    /// <summary>The global queue, not the thread's own: the own one is last in, first out, and jobs would start in reverse.</summary>
    public void Enqueue(TurnQueue turns) => ThreadPool.UnsafeQueueUserWorkItem(turns, preferLocal: false);
}
