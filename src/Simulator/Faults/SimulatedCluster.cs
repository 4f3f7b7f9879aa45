using System.Globalization;
using AsyncTour.Simulator.Runtime;
using AsyncTour.Simulator.Time;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Faults;

/// <summary>The silos of a simulation, their network, and what keeps house for all of them.</summary>
internal sealed class SimulatedCluster : IAsyncDisposable
{
    private readonly VirtualClock _clock;
    private readonly Digest _digest;
    private readonly Action<ISiloBuilder>? _configure;
    private readonly SharedStorage _storage = new();
    private readonly List<SimulatedSilo> _silos = [];
    private readonly Membership _membership;
    private readonly ServiceProvider _outside;
    private int _crashes;
    private int _deaths;
    private int _restarts;
    private int _cuts;

    public SimulatedCluster(int seed, SimulationOptions options, Action<ISiloBuilder>? configure, VirtualClock clock, Digest digest, VirtualRunQueue runQueue)
    {
        if (options.Silos < 1)
            throw new ArgumentOutOfRangeException(nameof(options), options.Silos, "A simulation has at least one silo.");
        _clock = clock;
        _digest = digest;
        _configure = configure;
        Cluster = new Cluster(clock, runQueue, SeededChoice.For(seed, Purpose.Placement));
        Network = new Network(options, Cluster, clock, digest, SeededChoice.For(seed, Purpose.Network));
        Cluster.Network = Network;
        _membership = new Membership(Cluster, Network, SeededChoice.For(seed, Purpose.Faults), DeclareDead);
        for (var number = 0; number < options.Silos; number++)
        {
            _silos.Add(new SimulatedSilo(number, BuildSilo, clock));
            _silos[number].Start();
        }

        Names = [.. _silos.Select(one => one.Silo.Name)];
        _outside = Services(number: -1, generation: 1, clock).BuildServiceProvider();
        Client = new Silo(Cluster, GrainCatalog.OfProcess, _outside, hosts: false) { Status = SiloStatus.Active };
        KeepHouse(options.Silos);
    }

    public Cluster Cluster { get; }

    public Network Network { get; }

    /// <summary>The way of calls from outside of every silo.</summary>
    public Silo Client { get; }

    public IReadOnlyList<string> Names { get; }

    public Action<string>? SiloStopped { get; set; }

    /// <summary>Whether a caller waits whose patience will end: then time goes on though nothing else is due.</summary>
    public bool SomebodyWillGiveUp => Cluster.Pending.Find(static call => call.Timeout < TimeSpan.FromDays(1) && call.Timeout >= TimeSpan.Zero).Count > 0;

    /// <summary>Whether some call has begun on a living silo, in a grain that itself waits for no call.</summary>
    public bool HasWorkThatWaitsForNothing
    {
        get
        {
            var calls = Cluster.Pending.Find(static _ => true);
            var callers = calls.Select(static call => call.Source).ToHashSet();
            return calls.Exists(call => call is { Stage: CallStage.Running, Host.Silo.Status: SiloStatus.Active } && !callers.Contains(call.Host));
        }
    }

    public SimulatedSilo this[int number] => _silos[number];

    public int? SiloOf(GrainReference grain) => Cluster.Find(grain.GrainId) is { } activation ? _silos.FindIndex(one => one.Silo == activation.Silo) : null;

    public void Crash(int number)
    {
        if (!_silos[number].IsRunning)
            return;
        _crashes++;
        _digest.Add(Happening.Crash, (uint)number);
        Stop(_silos[number]);
    }

    public void Restart(int number)
    {
        var silo = _silos[number];
        if (silo.IsRunning)
            return;
        _restarts++;
        DeclareDead(silo.Silo);
        silo.Start();
        _membership.Forget(number);
        _digest.Add(Happening.Start, (uint)number, (uint)silo.Generation);
    }

    public void Cut(IEnumerable<int> silos)
    {
        _cuts++;
        var cut = silos.ToList();
        foreach (var number in cut)
            _digest.Add(Happening.Partition, (uint)number);
        Network.Cut(cut.Select(number => Names[number]));
    }

    public void Heal()
    {
        if (!Network.IsCut)
            return;
        _digest.Add(Happening.Heal, 0);
        Network.Heal();
    }

    public SimulationStatistics Statistics(long turns) => new(
        new TimeSpan(_clock.Now - TimeSpan.TicksPerSecond), turns, Network.Messages, Network.Lost, Network.Held, _crashes, _deaths, _restarts, _cuts);

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
            await silo.DisposeAsync();
        await _outside.DisposeAsync();
    }

    private void Stop(SimulatedSilo silo)
    {
        silo.Stop();
        foreach (var activation in Cluster.Activations.Where(one => one.Silo == silo.Silo))
            activation.Vanish();

        // Nobody is left to hear the answers to what its grains had asked.
        foreach (var call in Cluster.Pending.Find(call => call.Source?.Silo == silo.Silo))
        {
            if (call.TrySettle())
                Cluster.Pending.Remove(call);
        }

        SiloStopped?.Invoke(silo.Silo.Name);
    }

    /// <summary>Its word against the table's: the table's stands. Calls in flight to it fail, but those from outside, which nobody tells.</summary>
    private void DeclareDead(Silo dead)
    {
        if (!Cluster.Silos.Contains(dead))
            return;
        _deaths++;
        _digest.Add(Happening.Death, (uint)_silos.FindIndex(one => one.Silo == dead));
        if (dead.Status != SiloStatus.Dead)
            Stop(_silos.Find(one => one.Silo == dead)!);
        Cluster.Remove(dead);
        foreach (var call in Cluster.Pending.Find(call => call.SentTo?.Silo == dead && call.Source is not null))
        {
            if (!call.TrySettle())
                continue;
            Cluster.Pending.Remove(call);
            call.Fail(new SiloUnavailableException($"Silo {dead.Name} is dead; whether {call.Describe()} ran is not known."));
        }
    }

    private void KeepHouse(int silos)
    {
        _clock.KeepHouse(TimeSpan.FromSeconds(1), Client.GiveUpLateCalls);
        _clock.KeepHouse(Client.Collection.CollectionQuantum, CollectIdle);
        if (silos == 1)
            return;

        // Silos do not probe in step: each begins its rounds a little later than the one before.
        var apart = Membership.ProbePeriod / silos;
        foreach (var silo in _silos)
            _clock.KeepHouse(Membership.ProbePeriod, () => _membership.Probe(silo, _silos), apart * silo.Number);
    }

    private void CollectIdle()
    {
        foreach (var activation in Cluster.Activations)
        {
            var age = activation.Class.CollectionAge ?? activation.Silo.Collection.CollectionAge;
            if (age != Timeout.InfiniteTimeSpan)
                activation.CollectIfIdle(age);
        }
    }

    private ServiceProvider BuildSilo(int number, int generation, SiloClock clock) => Services(number, generation, clock).BuildServiceProvider();

    private ServiceCollection Services(int number, int generation, TimeProvider clock)
    {
        var services = new ServiceCollection();
        services.AddSingleton(clock);
        services.AddSingleton(Cluster);
        services.Configure<SiloOptions>(options => options.SiloName = "silo-" + number.ToString(CultureInfo.InvariantCulture));
        services.Configure<EndpointOptions>(options => options.SiloPort = EndpointOptions.DEFAULT_SILO_PORT + number);
        SiloRegistration.Add(services, new ConfigurationBuilder().Build(), number < 0 ? static _ => { } : _configure ?? (static _ => { }));
        _storage.ShareAll(services);
        return services;
    }
}
