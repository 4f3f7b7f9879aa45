using AsyncTour.Simulator.Runtime;
using AsyncTour.Simulator.Time;

namespace AsyncTour.Simulator.Faults;

/// <summary>One message on its way between two silos, or between a silo and the client (no silo).</summary>
internal sealed class Delivery(Network network) : DueEvent
{
    public Happening Kind { get; private set; }

    public Call Call { get; private set; } = null!;

    public Silo? From { get; private set; }

    public Silo? To { get; private set; }

    /// <summary>Whose turn it is for: the callee, or the calling grain; null when that is the client.</summary>
    public Activation? Receiver { get; private set; }

    public Message? StopMessage { get; private set; }

    /// <summary>Whether its receiver has set time aside for it.</summary>
    public bool HasSlot { get; set; }

    public Delivery Fill(Happening kind, Call call, Silo? from, Silo? to, Activation? receiver, Message? stop = null)
    {
        (Kind, Call, From, To, Receiver, StopMessage, HasSlot) = (kind, call, from, to, receiver, stop, false);
        return this;
    }

    public void Empty() => (Call, From, To, Receiver, StopMessage) = (null!, null, null, null, null);

    public override void Happen() => network.Arrive(this);
}
