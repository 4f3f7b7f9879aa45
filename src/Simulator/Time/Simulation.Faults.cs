using Orleans.Runtime;

namespace AsyncTour.Simulator.Time;

/// <summary>The verbs by which a simulation is disturbed, and the ways to watch it.</summary>
public sealed partial class Simulation
{
    /// <summary>The silos' names, by number: <c>silo-0</c>, <c>silo-1</c>, …</summary>
    public IReadOnlyList<string> Silos => _cluster.Names;

    /// <summary>Called after every turn of every grain, on the simulation's thread, with the grain and its instance.</summary>
    public Action<GrainId, object?>? TurnEnded
    {
        set => _runQueue.Observer = value is null ? null : activation => value(activation.GrainId, activation.GrainInstance);
    }

    /// <summary>Called when a silo stops, by a crash or because the others declared it dead, with its name.</summary>
    public Action<string>? SiloStopped
    {
        set => _cluster.SiloStopped = value;
    }

    public bool IsRunning(int silo) => _cluster[silo].IsRunning;

    /// <summary>The silo is gone, without a word. The others find out by their probes. Does nothing to a silo that is down.</summary>
    public void Crash(int silo) => _cluster.Crash(silo);

    /// <summary>The silo comes back, empty. The others take its former life for dead. Does nothing to a silo that is up.</summary>
    public void Restart(int silo) => _cluster.Restart(silo);

    /// <summary>Cuts these silos off from the others, until <see cref="Heal"/>.</summary>
    public void Partition(params IEnumerable<int> silos) => _cluster.Cut(silos);

    /// <summary>Heals a partition: the messages it held back go on their way.</summary>
    public void Heal() => _cluster.Heal();

    /// <summary>From now on this share of the messages is lost.</summary>
    public void SetLoss(double share) => _cluster.Network.Loss = share;

    /// <summary>The silo that hosts a grain's activation at this moment; null when it has none.</summary>
    public int? SiloOf(IAddressable grain) => _cluster.SiloOf((GrainReference)grain);
}
