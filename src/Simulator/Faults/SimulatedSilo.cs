using AsyncTour.Simulator.Runtime;
using AsyncTour.Simulator.Time;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Faults;

/// <summary>One place in the cluster, and the life that it is in: a silo that restarts has the same number and name, and a later generation.</summary>
internal sealed class SimulatedSilo(int number, Func<int, int, SiloClock, ServiceProvider> build, VirtualClock clock) : IAsyncDisposable
{
    private readonly List<ServiceProvider> _lives = [];
    private SiloClock? _clock;

    public int Number => number;

    public int Generation { get; private set; }

    public Silo Silo { get; private set; } = null!;

    public bool IsRunning => Silo.Status == SiloStatus.Active;

    public void Start()
    {
        _clock = new SiloClock(clock);
        var services = build(number, ++Generation, _clock);
        _lives.Add(services);
        Silo = services.GetRequiredService<Silo>();
        Silo.Status = SiloStatus.Active;
    }

    /// <summary>Its clock stops for ever, and with it every timer that its grains had set.</summary>
    public void Stop()
    {
        Silo.Status = SiloStatus.Dead;
        _clock!.IsStopped = true;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var services in _lives)
            await services.DisposeAsync();
    }
}
