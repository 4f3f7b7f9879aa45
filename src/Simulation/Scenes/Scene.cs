using System.Globalization;
using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Promises;
using AsyncTour.Grains.Runs;
using AsyncTour.Simulation.Plans;
using AsyncTour.Simulation.Watching;
using AsyncTour.Simulator.Time;

namespace AsyncTour.Simulation.Scenes;

/// <summary>One plan, played: a run of it on simulated silos, disturbed by its faults, watched after every turn.</summary>
public sealed class Scene(Plan plan)
{
    private static readonly TimeSpan SlackAfterFaults = TimeSpan.FromMinutes(30);

    private readonly PlannedJobs _jobs = new(plan);

    /// <summary>Whether the invariants are checked after every turn. Default true; a measurement of speed turns it off.</summary>
    public bool IsWatched { get; init; } = true;

    /// <summary>Hears every outcome.</summary>
    public Action<Outcome>? OutcomeHeard { get; init; }

    /// <summary>Which class coordinates, by the beginning of its full name; the product's own when left out.</summary>
    public string CoordinatorClass { get; init; } = "AsyncTour.Grains.";

    /// <summary>The same for promises.</summary>
    public string PromiseClass { get; init; } = "AsyncTour.Grains.";

    /// <summary>Plays the plan to its end, or to the first breach.</summary>
    public async Task<SceneReport> PlayAsync()
    {
        var began = TimeProvider.System.GetTimestamp();
        var watch = new JobWatch(_jobs);
        await using var sim = Simulator.Time.Simulation.Create(plan.Seed, silo => VirtualSilo.Configure(silo, plan, IsWatched || plan.Kind != "sleep" ? watch : null), Options());
        var ofRun = new RunWatch(_jobs, watch);
        var promises = Enumerable.Range(0, plan.Promises).Select(PromiseRivalry.IdOf).ToDictionary(id => id, id => new PromiseWatch(id), StringComparer.Ordinal);
        if (IsWatched)
        {
            sim.TurnEnded = (grain, instance) =>
            {
                if (instance is IRunGrain run)
                    ofRun.Look(run);
                else if (instance is IPromiseGrain promise && promises.TryGetValue(grain.Key.ToString()!, out var ofPromise))
                    ofPromise.Look(promise);
            };
        }

        string? breach = null;
        RunStatus? end = null;
        try
        {
            end = await sim.Run(() => PlayAsync(sim, watch));
        }
        catch (Exception e) when (e is BreachException or SimulationException)
        {
            breach = e.Message;
        }

        return new SceneReport(plan, sim.Digest, sim.Statistics, end, watch.Peak, TimeProvider.System.GetElapsedTime(began), breach)
        {
            CoordinatorBusy = sim.Busiest("run"),
            PartitionBusy = sim.Busiest("partition"),
        };
    }

    private async Task<RunStatus> PlayAsync(Simulator.Time.Simulation sim, JobWatch watch)
    {
        using var over = new CancellationTokenSource();
        var disturbance = new Disturbance(plan, sim, over.Token);
        var reviving = new List<Task>();
        sim.SiloStopped = name =>
        {
            watch.SiloStopped(name);
            reviving.Add(disturbance.Revive(int.Parse(name.AsSpan(name.IndexOf('-', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture)));
        };
        var disturbing = plan.HasFaults ? disturbance.RunAsync() : Task.CompletedTask;
        var rivalry = new PromiseRivalry(plan, sim.Grains, sim.Time, PromiseClass).RunAsync();
        var end = await new Coordination(sim.Grains.GetGrain<IRunGrain>(_jobs.RunId, CoordinatorClass), _jobs, PlanRules.Spec(plan), sim.Time, OutcomeHeard).RunAsync();
        await rivalry;
        over.Cancel();
        await disturbing;
        return end;
    }

    private SimulationOptions Options() => new()
    {
        Silos = plan.Silos,
        Latency = plan.Latency.Next,
        Loss = plan.Loss,
        TurnCost = plan.TurnCost,
        TimerLateness = plan.TimerLateness,
        Patience = (_jobs.Total * 4) + (plan.HasFaults ? plan.FaultsFor : TimeSpan.Zero) + SlackAfterFaults,
    };
}
