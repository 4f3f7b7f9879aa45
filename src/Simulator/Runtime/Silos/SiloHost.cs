using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>Starts and stops the silo with its host, and keeps its two clocks: late calls, once a second, and idle activations, once a quantum.</summary>
internal sealed class SiloHost(Silo silo) : IHostedService, IAsyncDisposable
{
    private ITimer? _late;
    private ITimer? _idle;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        silo.Status = SiloStatus.Active;
        var second = TimeSpan.FromSeconds(1);
        var quantum = silo.Collection.CollectionQuantum;
        _late = silo.TimeProvider.CreateTimer(static state => ((Silo)state!).GiveUpLateCalls(), silo, second, second);
        _idle = silo.TimeProvider.CreateTimer(static state => ((SiloHost)state!).CollectIdle(), this, quantum, quantum);
        return Task.CompletedTask;
    }

    /// <summary>Activations end in order, with <c>OnDeactivateAsync</c>; those that are still busy when the host's patience ends do not.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (silo.Status == SiloStatus.Dead)
            return;
        silo.Status = SiloStatus.ShuttingDown;
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The silo is shutting down.");
        var all = silo.Cluster.Activations.Where(one => one.Silo == silo).ToList();
        all.ForEach(one => one.Deactivate(reason, cancellationToken));
        try
        {
            await Task.WhenAll(all.Select(one => one.Deactivated)).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            silo.Log.LogWarning("{Count} grains were still busy when the silo had to stop.", all.Count(one => !one.Deactivated.IsCompleted));
        }

        silo.Status = SiloStatus.Dead;
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_late is not null)
            await _late.DisposeAsync();
        if (_idle is not null)
            await _idle.DisposeAsync();
    }

    private void CollectIdle()
    {
        foreach (var activation in silo.Cluster.Activations)
        {
            var age = activation.Class.CollectionAge ?? silo.Collection.CollectionAge;
            if (activation.Silo == silo && age != Timeout.InfiniteTimeSpan)
                activation.CollectIfIdle(age);
        }
    }
}
