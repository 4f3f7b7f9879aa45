using AsyncTour.Simulator.Runtime;
using AsyncTour.Simulator.Time;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Faults;

/// <summary>
/// Carries calls, answers and wishes to stop between silos, and to and from the client, with the latency, the losses and the cuts of
/// the simulation. Inside one silo everything arrives at once.
/// </summary>
/// <remarks>
/// The picture is a connection between each two silos. A cut holds its messages back until it heals. A lost message is a connection
/// that broke under it. Of every other call between silos the caller's side notices after <see cref="SimulationOptions.ConnectionBreak"/>
/// and fails it with <see cref="SiloUnavailableException"/>: it had not been sent off yet. Of the rest, and of answers, nobody
/// notices anything before the caller's timeout: silos that both live do not ask each other what became of a message. Of the calls to
/// a silo that is down, and not known to be, every other is rejected because nobody listens there; the rest wait with those under way.
/// </remarks>
internal sealed class Network(SimulationOptions options, Cluster cluster, VirtualClock clock, Digest digest, SeededChoice choice) : INetwork
{
    private const double NoticedLosses = 0.5;

    private readonly Dictionary<GrainType, long> _busiest = [];
    private readonly Stack<Delivery> _spare = new();
    private readonly List<Delivery> _held = [];
    private readonly SortedSet<string> _cutOff = new(StringComparer.Ordinal);

    public long Messages { get; private set; }

    public long Lost { get; private set; }

    public long Held { get; private set; }

    public bool IsCut => _cutOff.Count > 0;

    /// <summary>What share of the messages is lost; 0 when faults are over.</summary>
    public double Loss { get; set; } = options.Loss;

    public void Request(Call call, Activation target)
    {
        var from = call.Source?.Silo;
        if (IsDeclaredDead(target.Silo))
        {
            call.Target.LastTarget = null;
            target = cluster.Locate(call.Target.GrainId, from ?? cluster.Silos[0]);
            call.Target.LastTarget = target;
        }

        call.SentTo = target;
        Transmit(Happening.Request, call, from, target.Silo, target);
    }

    public void Answer(Call call, Silo from)
    {
        if (!call.IsSettled)
            Transmit(Happening.Answer, call, from, call.Source?.Silo, call.Source);
    }

    public void Stop(Call call, Activation target, Message stop) =>
        Transmit(Happening.Stop, call, call.Source?.Silo, (call.SentTo ?? target).Silo, call.SentTo ?? target, stop);

    /// <summary>Cuts these silos off from the others; each side still hears itself, and the client hears all.</summary>
    public void Cut(IEnumerable<string> silos)
    {
        _cutOff.Clear();
        _cutOff.UnionWith(silos);
    }

    /// <summary>Heals the cut: what was held back goes on its way.</summary>
    public void Heal()
    {
        _cutOff.Clear();
        var held = _held.ToArray();
        _held.Clear();
        foreach (var delivery in held)
            Depart(delivery);
    }

    /// <summary>How long the busiest activation of a type of grain was busy with its messages.</summary>
    public TimeSpan Busiest(GrainType type) => new(_busiest.GetValueOrDefault(type));

    public bool CanReach(Silo one, Silo other) =>
        _cutOff.Count == 0 || _cutOff.Contains(one.Name) == _cutOff.Contains(other.Name);

    public void Arrive(Delivery delivery)
    {
        if (options.TurnCost > TimeSpan.Zero && Waits(delivery))
            return;
        var (kind, call, receiver, from, to, stop) = (delivery.Kind, delivery.Call, delivery.Receiver, delivery.From, delivery.To, delivery.StopMessage);
        delivery.Empty();
        _spare.Push(delivery);

        // Connections with a silo are closed when it is declared dead: what was still under way on them never arrives.
        if (to?.Status != SiloStatus.Dead && (from is null || !IsDeclaredDead(from)))
            Hand(kind, call, receiver, stop);
    }

    private bool IsDeclaredDead(Silo silo) => silo.Status == SiloStatus.Dead && !cluster.Silos.Contains(silo);

    private void Transmit(Happening kind, Call call, Silo? from, Silo? to, Activation? receiver, Message? stop = null)
    {
        Messages++;
        if (from == to && from is not null && options.TurnCost == TimeSpan.Zero)
        {
            Hand(kind, call, receiver, stop);
            return;
        }

        if (kind == Happening.Request && from is not null && to is { Status: SiloStatus.Dead } && choice.NextDouble() < NoticedLosses)
        {
            clock.After(options.ConnectionBreak.Ticks, new BrokenConnection(this, call, new OrleansMessageRejectionException($"Silo {to.Name} cannot be reached; {call.Describe()} was not sent.")));
            return;
        }

        if (from != to && Loss > 0 && choice.NextDouble() < Loss)
        {
            Lose(kind, call, from, to, receiver, stop);
            return;
        }

        var delivery = Spare().Fill(kind, call, from, to, receiver, stop);
        if (from is null || to is null || CanReach(from, to))
        {
            Depart(delivery);
            return;
        }

        Held++;
        digest.Add(Happening.Held, IdOf(call), (uint)kind);
        _held.Add(delivery);
    }

    private void Depart(Delivery delivery)
    {
        var latency = delivery.From == delivery.To ? 0 : options.Latency(choice).Ticks;
        if (latency <= 0 && options.TurnCost == TimeSpan.Zero)
            Arrive(delivery);
        else
            clock.Send(Math.Max(0, latency), delivery);
    }

    private void Hand(Happening kind, Call call, Activation? receiver, Message? stop)
    {
        digest.Add(kind, IdOf(call), call.Source?.GrainId.GetUniformHashCode() ?? 0);
        switch (kind)
        {
            case Happening.Answer:
                receiver?.Silo.Settle(call);
                if (receiver is null)
                    cluster.Silos[0].Settle(call);
                break;
            case Happening.Request:
                HandRequest(call, receiver!);
                break;
            default:
                if (call.Host is null)
                    call.EarlyStop = stop;
                else
                    call.Host.Turns.TryPost(stop!);
                break;
        }
    }

    private void HandRequest(Call call, Activation target)
    {
        if (!target.Turns.TryPost(call))
        {
            // It went idle while the call was on its way: the silo sends it on.
            call.Target.LastTarget = null;
            Request(call, cluster.Locate(call.Target.GrainId, target.Silo));
        }
        else if (call.EarlyStop is { } stop)
        {
            target.Turns.TryPost(stop);
        }
    }

    private void Lose(Happening kind, Call call, Silo? from, Silo? to, Activation? receiver, Message? stop)
    {
        Lost++;
        digest.Add(Happening.Loss, IdOf(call), (uint)kind);
        if (kind == Happening.Stop)
            clock.After(options.ConnectionBreak.Ticks, Spare().Fill(kind, call, from, to, receiver, stop));
        else if (kind == Happening.Request && from is not null && to is not null && choice.NextDouble() < NoticedLosses)
            clock.After(options.ConnectionBreak.Ticks, new BrokenConnection(this, call, new SiloUnavailableException($"The connection to silo {to.Name} broke while {call.Describe()} was under way; whether it ran is not known.")));
    }

    /// <summary>Where turns cost time, a message waits until its receiver has dealt with those before it.</summary>
    private bool Waits(Delivery delivery)
    {
        if (delivery.HasSlot || delivery.Receiver is not { } receiver)
            return false;
        var begin = Math.Max(clock.Now, receiver.BusyUntil);
        receiver.BusyUntil = begin + options.TurnCost.Ticks;
        receiver.Busy += options.TurnCost.Ticks;
        _busiest[receiver.GrainId.Type] = Math.Max(receiver.Busy, _busiest.GetValueOrDefault(receiver.GrainId.Type));
        if (begin == clock.Now)
            return false;
        delivery.HasSlot = true;
        clock.At(begin, delivery);
        return true;
    }

    private Delivery Spare() => _spare.TryPop(out var spare) ? spare : new Delivery(this);

    private static uint IdOf(Call call) => call.Target.GrainId.GetUniformHashCode();

    private void Break(Call call, Exception failure)
    {
        if (call.Source?.Silo.Status == SiloStatus.Dead || !call.TrySettle())
            return;
        cluster.Pending.Remove(call);
        call.Fail(failure);
    }

    private sealed class BrokenConnection(Network network, Call call, Exception failure) : DueEvent
    {
        public override void Happen() => network.Break(call, failure);
    }
}
