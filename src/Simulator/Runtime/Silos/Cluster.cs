using System.Collections.Concurrent;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>
/// What the silos of one process share: the clock, the threads, and the directory that says which activation a grain has. One silo in
/// real time; any number under virtual time.
/// </summary>
internal sealed class Cluster(TimeProvider time, IRunQueue runQueue, Random random)
{
    // A fixed number of locks: the default one follows the machine's cores, and with it the order in which a simulation sees the entries.
    private readonly ConcurrentDictionary<GrainId, Activation> _directory = new(concurrencyLevel: 16, capacity: 256);
    private volatile Silo[] _silos = [];

    public TimeProvider Time { get; } = time;

    public IRunQueue RunQueue { get; } = runQueue;

    /// <summary>What lies between the silos; null in real time.</summary>
    public INetwork? Network { get; set; }

    public PendingCalls Pending { get; } = new(time);

    public IReadOnlyList<Silo> Silos => _silos;

    public IEnumerable<Activation> Activations => _directory.Values;

    public int ActivationCount => _directory.Count;

    public void Add(Silo silo) => _silos = [.. _silos, silo];

    /// <summary>The others have declared it dead: no grain is placed there any more, and those that were there are placed anew.</summary>
    public void Remove(Silo silo)
    {
        _silos = [.. _silos.Where(one => one != silo)];
        foreach (var activation in _directory.Values)
        {
            if (activation.Silo == silo)
                Forget(activation);
        }
    }

    public Guid NewGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        lock (random)
            random.NextBytes(bytes);
        return new Guid(bytes);
    }

    /// <summary>The activation that a grain has, or gets now, on the silo that its class's placement chooses.</summary>
    public Activation Locate(GrainId id, Silo caller)
    {
        if (_directory.TryGetValue(id, out var activation))
            return activation;
        var grainClass = caller.Catalog.Find(id.Type)
            ?? throw new ArgumentException($"No grain class is named {id.Type}.", nameof(id));
        var silo = Place(id, grainClass, caller);
        return _directory.GetOrAdd(id, new Activation(silo, grainClass, id));
    }

    /// <summary>The activation that a grain has; null when it has none.</summary>
    public Activation? Find(GrainId id) => _directory.GetValueOrDefault(id);

    public void Forget(Activation activation) => _directory.TryRemove(new KeyValuePair<GrainId, Activation>(activation.GrainId, activation));

    private Silo Place(GrainId id, GrainClass grainClass, Silo caller)
    {
        var silos = _silos;
        if (silos.Length == 1)
            return silos[0];
        if (silos.Length == 0)
            throw new SiloUnavailableException($"No silo is alive to place {id} on.");
        return grainClass.Placement switch
        {
            PreferLocalPlacement when Array.IndexOf(silos, caller) >= 0 => caller,
            PreferLocalPlacement or RandomPlacement => silos[Pick(silos.Length)],
            HashBasedPlacement => silos[(int)(id.GetUniformHashCode() % (uint)silos.Length)],
            var own => DirectedPlacement.Ask(own, id, GrainInterfaceType.Create(grainClass.Interfaces[0].Type.FullName!), silos) ?? silos[Pick(silos.Length)],
        };
    }

    private int Pick(int count)
    {
        lock (random)
            return random.Next(count);
    }
}
