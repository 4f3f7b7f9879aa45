using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Jobs.Handlers;
using AsyncTour.Grains.Runs;
using AsyncTour.Grains.Runs.Journal;
using AsyncTour.Simulator.Time;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;

namespace AsyncTour.Grains.Tests.Runs;

/// <summary>The lease on a run's input over minutes and hours, in virtual time.</summary>
public sealed class LeaseInVirtualTime
{
    private static readonly RunSpec Pool = new() { Strategy = "pool", MaxWorkers = 2 };

    [Fact]
    public async Task An_input_that_is_quiet_for_a_day_keeps_its_run()
    {
        await using var sim = Create(new SimulationOptions { Patience = TimeSpan.FromDays(2) });
        var status = await sim.Run(async () =>
        {
            var run = await Runs(sim).StartAsync("quiet", Pool, Typed(sim, TimeSpan.FromDays(1)), TestContext.Current.CancellationToken);
            return await EndAsync(run);
        });

        status.InputLoss.ShouldBeNull();
        status.Ledger.Succeeded.ShouldBe(2);
    }

    [Fact]
    public async Task A_client_that_is_lost_is_missed_after_a_minute()
    {
        await using var sim = Create(new SimulationOptions());
        var status = await sim.Run(async () =>
        {
            await sim.Grains.GetGrain<IRunGrain>("left").Start(Pool, [Sleep(0)], isSealed: false);
            await sim.Pass(TimeSpan.FromSeconds(59));
            (await Runs(sim).Find("left").StatusAsync())!.State.ShouldBe(RunState.Running);
            await sim.Pass(TimeSpan.FromSeconds(1.1));
            return (await Runs(sim).Find("left").StatusAsync())!;
        });

        status.State.ShouldBe(RunState.Ended);
        status.InputLoss.ShouldBe("its client was lost before the input ended; 1 job was given");
    }

    [Fact]
    public async Task Lost_signs_of_life_do_no_harm()
    {
        await using var sim = Create(new SimulationOptions { Loss = 0.1, Patience = TimeSpan.FromDays(1) });
        var status = await sim.Run(async () =>
        {
            var run = await Runs(sim).StartAsync("shaky", Pool, Typed(sim, TimeSpan.FromMinutes(10)), TestContext.Current.CancellationToken);
            return await EndAsync(run);
        });

        status.InputLoss.ShouldBeNull();
        status.Ledger.Succeeded.ShouldBe(2);
    }

    [Fact]
    public async Task A_coordinator_that_takes_the_run_over_waits_for_its_client_anew()
    {
        await using var sim = Create(new SimulationOptions { Silos = 2, Patience = TimeSpan.FromDays(1) });
        var status = await sim.Run(async () =>
        {
            var grain = sim.Grains.GetGrain<IRunGrain>("moved");
            await grain.Start(Pool, [Sleep(0)], isSealed: false);
            await sim.Pass(TimeSpan.FromSeconds(50));
            sim.Crash(sim.SiloOf(grain)!.Value);
            await sim.Pass(TimeSpan.FromSeconds(30));
            (await Runs(sim).Find("moved").StatusAsync())!.State.ShouldBe(RunState.Running);
            await sim.Pass(TimeSpan.FromSeconds(70));
            return (await Runs(sim).Find("moved").StatusAsync())!;
        });

        status.InputLoss.ShouldBe("its client was lost before the input ended; 1 job was given");
        status.Ledger.Succeeded.ShouldBe(1);
    }

    private static Simulation Create(SimulationOptions options) => Simulation.Create(seed: 7, static silo =>
    {
        silo.AddMemoryGrainStorage(RunStorage.Name);
        silo.AddPlacementDirector<EvenPlacement, EvenPlacementDirector>();
        silo.Services.AddSingleton(new RunStorage { IsDurable = true });
        silo.Services.AddJobHandler<SleepJob>("sleep");
    }, options);

    private static RunClient Runs(Simulation sim) => new(sim.Grains, new RunClientOptions { Time = sim.Time });

    private static Job Sleep(int index) => new(index, "sleep", "1s", $"{index}");

    private static async IAsyncEnumerable<Job> Typed(Simulation sim, TimeSpan pause)
    {
        yield return Sleep(0);
        await sim.Pass(pause);
        yield return Sleep(1);
    }

    private static async Task<RunStatus> EndAsync(RunHandle run)
    {
        await foreach (var _ in run.ReadAsync())
        {
            // To the end.
        }

        await run.Feeding;
        return (await run.StatusAsync())!;
    }
}
