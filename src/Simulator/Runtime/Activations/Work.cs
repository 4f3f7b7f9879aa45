using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>Something that an activation handles in a turn of its own.</summary>
internal abstract class Message
{
    public abstract void Handle(Activation activation);
}

/// <summary>
/// A message that must be admitted before it runs, and that runs until its task ends: a call, or a timer's tick.
/// It is at any moment in one list only, waiting or running, so the links are its own.
/// </summary>
internal abstract class Work : Message
{
    public Work? Previous { get; set; }

    public Work? Next { get; set; }

    public Activation? Host { get; set; }

    /// <summary>Runs beside everything.</summary>
    public abstract bool AlwaysInterleaves { get; }

    /// <summary>Runs beside its like.</summary>
    public abstract bool IsReadOnly { get; }

    public RequestValues? Context { get; protected set; }

    /// <summary>Whether it is use, in the sense of idle collection.</summary>
    public virtual bool KeepsAlive => true;

    public Guid ReentrancyId => Context?.ReentrancyId ?? Guid.Empty;

    /// <summary>What a deadlock report calls it.</summary>
    public abstract string Describe();

    public override void Handle(Activation activation) => activation.Arrive(this);

    /// <summary>Starts it, inside a turn.</summary>
    public abstract Task Run(object grain);

    /// <summary>It has run; <paramref name="task"/> has ended.</summary>
    public abstract void Complete(Task task);

    /// <summary>It will not run here: the activation failed, with this.</summary>
    public abstract void Reject(Exception reason);

    /// <summary>It will not run here: the activation is gone, and another may take it.</summary>
    public abstract void Reroute();
}

/// <summary>Works in order of arrival, linked through themselves: any one of them leaves in constant time.</summary>
internal struct WorkList
{
    public Work? First { get; private set; }

    public Work? Last { get; private set; }

    public readonly bool IsEmpty => First is null;

    public void Add(Work work)
    {
        work.Previous = Last;
        work.Next = null;
        if (Last is null)
            First = work;
        else
            Last.Next = work;
        Last = work;
    }

    public void Remove(Work work)
    {
        if (work.Previous is null)
            First = work.Next;
        else
            work.Previous.Next = work.Next;
        if (work.Next is null)
            Last = work.Previous;
        else
            work.Next.Previous = work.Previous;
        work.Previous = work.Next = null;
    }
}
