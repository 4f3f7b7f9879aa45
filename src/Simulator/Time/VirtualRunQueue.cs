using AsyncTour.Simulator.Runtime;

namespace AsyncTour.Simulator.Time;

/// <summary>
/// The one thread of a simulation lends itself to whoever has turns to run, and among those the seed chooses. One turn at a time, so
/// that every order that could happen can be chosen.
/// </summary>
internal sealed class VirtualRunQueue(SeededChoice choice, Digest digest, Strays strays) : IRunQueue, ITurnGuard
{
    private object[] _ready = new object[64];
    private int _count;

    public int TurnsAtOnce => 1;

    public ITurnGuard Guard => this;

    public bool IsEmpty => _count == 0;

    /// <summary>Called after each turn of a grain, with the grain and its instance.</summary>
    public Action<Activation>? Observer { get; set; }

    public long Turns { get; private set; }

    public void Enqueue(TurnQueue turns) => Add(turns);

    public void Enqueue(ClientTurns turns) => Add(turns);

    /// <summary>What strays ends the simulation; it must not break the queue before.</summary>
    public bool MayArrive(TurnQueue turns, object item)
    {
        if (!strays.IsStray)
            return true;
        strays.Report($"came back to {turns.Owner.GrainId}", item);
        return false;
    }

    /// <summary>Runs one turn of whoever the seed chooses. There must be one.</summary>
    public void RunOne()
    {
        var place = _count == 1 ? 0 : choice.Below(_count);
        var chosen = _ready[place];
        _ready[place] = _ready[--_count];
        _ready[_count] = null!;
        Turns++;
        if (chosen is TurnQueue turns)
        {
            digest.Add(Happening.Turn, turns.Owner.GrainId.GetUniformHashCode());
            turns.Execute();
            Observer?.Invoke(turns.Owner);
        }
        else
        {
            digest.Add(Happening.ClientTurn, 0);
            ((ClientTurns)chosen).Execute();
        }
    }

    private void Add(object turns)
    {
        if (_count == _ready.Length)
            Array.Resize(ref _ready, _count * 2);
        _ready[_count++] = turns;
    }
}
