using AsyncTour.Simulator.Faults;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Time;

/// <summary>
/// Grains under virtual time: a cluster of simulated silos on one thread, where a seed decides everything that chance decides
/// elsewhere. The same seed gives the same history, to the last message, in any process.
/// </summary>
/// <remarks>
/// <code>
/// await using var sim = Simulation.Create(seed: 42, silo => silo.AddMemoryGrainStorageAsDefault());
/// await sim.Run(async () => await sim.Grains.GetGrain&lt;ICounter&gt;("a").Add(1));
/// </code>
/// Grains get the virtual clock by taking a <see cref="TimeProvider"/> from their services. The body given to <see cref="Run(Func{Task})"/>
/// is the client's code; it runs on the thread that calls, and <c>Run</c> has ended when it returns its task. Time passes only
/// inside <c>Run</c>, and then as fast as the machine allows.
/// </remarks>
public sealed partial class Simulation : IAsyncDisposable
{
    private static readonly TimeSpan ComingBack = TimeSpan.FromMilliseconds(250);

    // Where a grain is at work and waits for nothing that is here, it has very likely left, and a busy machine may bring it back late.
    private static readonly TimeSpan ComingBackLate = TimeSpan.FromSeconds(5);

    private readonly Strays _strays = new();
    private readonly VirtualClock _clock;
    private readonly Digest _digest;
    private readonly VirtualRunQueue _runQueue;
    private readonly ClientTurns _client;
    private readonly SimulatedCluster _cluster;
    private readonly SimulationOptions _options;
    private bool _searched;

    private Simulation(int seed, Action<ISiloBuilder>? silo, SimulationOptions options)
    {
        Seed = seed;
        _options = options;
        _clock = new VirtualClock(_strays, options.TimerLateness);
        _digest = new Digest(_clock);
        _runQueue = new VirtualRunQueue(SeededChoice.For(seed, Purpose.Turns), _digest, _strays);
        _client = new ClientTurns(_runQueue, _strays);
        _cluster = new SimulatedCluster(seed, options, silo, _clock, _digest, _runQueue);
        Random = SeededChoice.For(seed, Purpose.User);
    }

    public int Seed { get; }

    /// <summary>The virtual clock, for the client's code.</summary>
    public TimeProvider Time => _clock;

    /// <summary>Calls grains, as a client outside of every silo does.</summary>
    public IGrainFactory Grains => _cluster.Client.GrainFactory;

    /// <summary>Random numbers from the seed, for the client's code; the engine draws from others.</summary>
    public Random Random { get; }

    /// <summary>Sixteen hexadecimal digits that stand for everything that has happened, in its order.</summary>
    public string Digest => _digest.ToString();

    public SimulationStatistics Statistics => _cluster.Statistics(_runQueue.Turns);

    /// <summary>A cluster under virtual time.</summary>
    /// <param name="seed">Decides which turn runs next, where grains are placed, how long messages take and which are lost.</param>
    /// <param name="silo">Sets up each silo, as for a real one: storage, filters, services of the grains.</param>
    /// <param name="options">What the cluster is like; one silo without latency or faults when left out.</param>
    public static Simulation Create(int seed, Action<ISiloBuilder>? silo = null, SimulationOptions? options = null) =>
        new(seed, silo, options ?? new SimulationOptions());

    /// <summary>Runs the client's code to its end, letting virtual time pass whenever nothing else can happen.</summary>
    /// <exception cref="SimulationDeadlockException">Nothing can happen any more, and the code has not ended.</exception>
    /// <exception cref="StrayedContinuationException">A continuation left the simulation's thread.</exception>
    /// <exception cref="SimulationPatienceException">It took longer than <see cref="SimulationOptions.Patience"/>.</exception>
    public Task Run(Func<Task> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        _strays.Settle();
        try
        {
            var work = _client.Start(body);
            Drive(work);
            return work;
        }
        finally
        {
            _strays.Leave();
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    /// <inheritdoc cref="Run(Func{Task})"/>
    public async Task<T> Run<T>(Func<Task<T>> body)
    {
        T? result = default;
        await Run(async () => { result = await body(); });
        return result!;
    }

    /// <summary>
    /// How long the busiest grain of a type was busy with its messages, where <see cref="SimulationOptions.TurnCost"/> says that they cost time.
    /// </summary>
    /// <param name="grainType">As in the grain's id, such as <c>run</c> in <c>run/1</c>.</param>
    public TimeSpan Busiest(string grainType) => _cluster.Network.Busiest(GrainType.Create(grainType));

    /// <summary>Lets so much virtual time pass in the client's code.</summary>
    public Task Pass(TimeSpan time) => Task.Delay(time, _clock);

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();

    private void Drive(Task work)
    {
        var limit = _clock.Now + _options.Patience.Ticks;
        while (!work.IsCompleted)
        {
            if (!_runQueue.IsEmpty)
                RunOne();
            else if (_clock.HasBusiness || SomebodyWillGiveUp())
                Jump(limit);
            else
                ThrowStuck();
            if (_strays.Found is { } stray)
                throw new StrayedContinuationException(Seed, stray);
        }
    }

    private void RunOne()
    {
        _searched = false;
        _runQueue.RunOne();
    }

    /// <summary>Nothing is due but the patience of those who wait. A grain at work that waits for nothing here may have left: give it the time to come back and be caught.</summary>
    private bool SomebodyWillGiveUp()
    {
        if (!_searched && _cluster.HasWorkThatWaitsForNothing)
            _strays.WaitForOne(ComingBackLate);
        _searched = true;
        return _strays.Found is not null || _cluster.SomebodyWillGiveUp;
    }

    private void Jump(long limit)
    {
        if (_clock.NextDue > limit)
            throw new SimulationPatienceException(Seed, DeadlockReport.Of(_cluster.Cluster, $"After {_options.Patience} of virtual time the work has not ended."));
        _clock.Jump();
        _digest.Add(Happening.Instant, 0);
    }

    private void ThrowStuck()
    {
        // What left for another thread comes back in real time, and is the better explanation.
        if (_strays.WaitForOne(ComingBack))
            throw new StrayedContinuationException(Seed, _strays.Found!);
        throw new SimulationDeadlockException(Seed, DeadlockReport.Of(_cluster.Cluster, "Deadlock: nothing is left to run, no timer is set, and the work has not ended."));
    }
}
