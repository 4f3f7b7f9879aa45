using AsyncTour.Simulation.Plans;

namespace AsyncTour.Simulation.Scenes;

/// <summary>
/// The faults of a plan, drawn from its seed: silos crash and come back, the network is cut in two and heals, messages are lost. When
/// their time is over everything is made whole, and from then on the run must come to its end.
/// </summary>
internal sealed class Disturbance(Plan plan, Simulator.Time.Simulation sim, CancellationToken over)
{
    private readonly Random _random = new(unchecked((plan.Seed * 31) + 17));
    private bool _isOver;

    public async Task RunAsync()
    {
        var crashing = Repeat(plan.CrashRate * plan.Silos, CrashAsync);
        var cutting = Repeat(plan.Silos > 1 ? plan.PartitionRate : 0, CutAsync);
        await Pass(plan.FaultsFor);
        _isOver = true;
        sim.SetLoss(0);
        sim.Heal();
        for (var silo = 0; silo < plan.Silos; silo++)
            sim.Restart(silo);
        await crashing;
        await cutting;
    }

    /// <summary>Somebody looks after the machines: a silo that stopped, for whatever reason, is started again.</summary>
    public async Task Revive(int silo)
    {
        await Pass(Between(5, 30));
        if (!over.IsCancellationRequested)
            sim.Restart(silo);
    }

    private async Task Repeat(double perMinute, Func<Task> fault)
    {
        while (perMinute > 0 && !_isOver && !over.IsCancellationRequested)
        {
            await Pass(TimeSpan.FromMinutes(-Math.Log(1 - _random.NextDouble()) / perMinute));
            if (!_isOver && !over.IsCancellationRequested)
                await fault();
        }
    }

    private Task CrashAsync()
    {
        var running = Enumerable.Range(0, plan.Silos).Where(sim.IsRunning).ToList();
        if (running.Count > 1)
            sim.Crash(running[_random.Next(running.Count)]);
        return Task.CompletedTask;
    }

    private async Task CutAsync()
    {
        var side = Enumerable.Range(0, plan.Silos).Where(_ => _random.Next(2) == 0).ToList();
        if (side.Count == 0 || side.Count == plan.Silos)
            return;
        sim.Partition(side);
        await Pass(Between(2, 30));
        sim.Heal();
    }

    private TimeSpan Between(int low, int high) => TimeSpan.FromSeconds(low + ((high - low) * _random.NextDouble()));

    private async Task Pass(TimeSpan span)
    {
        try
        {
            await Task.Delay(span, sim.Time, over);
        }
        catch (OperationCanceledException)
        {
            // The run has ended, and with it the need for faults.
        }
    }
}
