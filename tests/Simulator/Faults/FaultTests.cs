using AsyncTour.Simulator.Tests.Time;
using AsyncTour.Simulator.Time;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Tests.Faults;

internal interface IOverseerGrain : IGrainWithIntegerKey
{
    /// <summary>Calls the other grain from here, and answers how the call ended.</summary>
    [ResponseTimeout("365.00:00:00")]
    Task<string> Watch(long other, TimeSpan time);
}

internal sealed class OverseerGrain : Grain, IOverseerGrain
{
    public async Task<string> Watch(long other, TimeSpan span)
    {
        try
        {
            return await GrainFactory.GetGrain<IVirtualGrain>(other).SleepLong(span, CancellationToken.None);
        }
        catch (Exception failure)
        {
            return failure.GetType().Name;
        }
    }
}

public sealed class FaultTests
{
    private static readonly SimulationOptions FiveSilos = new() { Silos = 5, Latency = static _ => TimeSpan.FromMilliseconds(1) };

    [Fact]
    public async Task A_call_into_a_crashed_silo_fails_when_two_others_have_missed_three_probes()
    {
        await using var sim = Simulation.Create(seed: 4, options: FiveSilos);

        await sim.Run(async () =>
        {
            var (overseer, sleeper) = await ApartAsync(sim);
            var watch = sim.Grains.GetGrain<IOverseerGrain>(overseer).Watch(sleeper, TimeSpan.FromHours(1));
            await sim.Pass(TimeSpan.FromSeconds(1));
            var crashed = sim.Time.GetUtcNow();
            sim.Crash(sim.SiloOf(sim.Grains.GetGrain<IVirtualGrain>(sleeper))!.Value);

            (await watch).ShouldBe(nameof(SiloUnavailableException));
            (sim.Time.GetUtcNow() - crashed).ShouldBeInRange(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20));
            (await sim.Grains.GetGrain<IOverseerGrain>(overseer).Watch(sleeper, TimeSpan.FromSeconds(1))).ShouldStartWith("silo-");
        });
        sim.Statistics.ShouldSatisfyAllConditions(s => s.Crashes.ShouldBe(1), s => s.Deaths.ShouldBe(1));
    }

    [Fact]
    public async Task A_client_learns_of_a_crash_by_its_own_timeout_only()
    {
        await using var sim = Simulation.Create(seed: 4, options: FiveSilos);

        await sim.Run(async () =>
        {
            var grain = sim.Grains.GetGrain<IVirtualGrain>(1);
            await grain.Count();
            var call = grain.Sleep(TimeSpan.FromSeconds(20));
            await sim.Pass(TimeSpan.FromSeconds(1));
            sim.Crash(sim.SiloOf(grain)!.Value);

            await Should.ThrowAsync<TimeoutException>(() => call);
            (await grain.Count()).ShouldBe(1, "the activation began anew");
        });
    }

    [Fact]
    public async Task What_was_written_survives_the_silo()
    {
        await using var sim = Simulation.Create(seed: 4, silo => silo.AddMemoryGrainStorage("store"), FiveSilos);

        await sim.Run(async () =>
        {
            var grain = sim.Grains.GetGrain<ISumGrain>(1);
            await grain.Add(5);
            var silo = sim.SiloOf(grain)!.Value;
            sim.Crash(silo);
            sim.Restart(silo);
            (await grain.Total()).ShouldBe(5);
        });
    }

    [Fact]
    public async Task A_partition_holds_messages_back_until_it_heals()
    {
        await using var sim = Simulation.Create(seed: 4, options: FiveSilos);

        await sim.Run(async () =>
        {
            var (overseer, sleeper) = await ApartAsync(sim);
            sim.Partition(sim.SiloOf(sim.Grains.GetGrain<IVirtualGrain>(sleeper))!.Value);
            var watch = sim.Grains.GetGrain<IOverseerGrain>(overseer).Watch(sleeper, TimeSpan.FromSeconds(1));
            await sim.Pass(TimeSpan.FromSeconds(5));
            watch.IsCompleted.ShouldBeFalse();
            sim.Heal();
            (await watch).ShouldStartWith("silo-");
        });
        sim.Statistics.Held.ShouldBe(1);
        sim.Statistics.Deaths.ShouldBe(0);
    }

    [Fact]
    public async Task A_silo_that_is_cut_off_for_long_is_declared_dead_and_stops()
    {
        await using var sim = Simulation.Create(seed: 4, options: FiveSilos);

        await sim.Run(async () =>
        {
            var (_, sleeper) = await ApartAsync(sim);
            var silo = sim.SiloOf(sim.Grains.GetGrain<IVirtualGrain>(sleeper))!.Value;
            sim.Partition(silo);
            await sim.Pass(TimeSpan.FromSeconds(20));
            sim.IsRunning(silo).ShouldBeFalse();
        });
        sim.Statistics.Crashes.ShouldBe(0);
        sim.Statistics.Deaths.ShouldBe(1);
    }

    [Fact]
    public async Task What_a_silo_had_sent_into_a_cut_never_arrives_once_it_is_declared_dead()
    {
        await using var sim = Simulation.Create(seed: 4, options: FiveSilos);

        await sim.Run(async () =>
        {
            var (overseer, sleeper) = await ApartAsync(sim);
            sim.Partition(sim.SiloOf(sim.Grains.GetGrain<IOverseerGrain>(overseer))!.Value);
            var watch = sim.Grains.GetGrain<IOverseerGrain>(overseer).Watch(sleeper, TimeSpan.FromHours(1));
            await sim.Pass(TimeSpan.FromSeconds(20));
            sim.Statistics.Deaths.ShouldBe(1);
            sim.Heal();
            await sim.Pass(TimeSpan.FromSeconds(1));

            // It would sleep for an hour if the call had come.
            (await sim.Grains.GetGrain<IVirtualGrain>(sleeper).Count()).ShouldBe(1);
            watch.IsCompleted.ShouldBeFalse();
        });
        sim.Statistics.Held.ShouldBe(1);
    }

    [Fact]
    public async Task A_lost_answer_is_noticed_by_nobody_but_the_callers_timeout()
    {
        await using var sim = Simulation.Create(seed: 4, options: FiveSilos);

        await sim.Run(async () =>
        {
            var (overseer, sleeper) = await ApartAsync(sim);
            var watch = sim.Grains.GetGrain<IOverseerGrain>(overseer).Watch(sleeper, TimeSpan.FromSeconds(5));
            await sim.Pass(TimeSpan.FromSeconds(1));
            sim.SetLoss(1);
            await sim.Pass(TimeSpan.FromSeconds(4.5));
            sim.SetLoss(0);
            await sim.Pass(TimeSpan.FromHours(1));
            watch.IsCompleted.ShouldBeFalse("its timeout is a year");
            sim.SetLoss(1);
            await Should.ThrowAsync<TimeoutException>(() => sim.Grains.GetGrain<IVirtualGrain>(sleeper).Count());
        });
    }

    [Fact]
    public async Task Of_lost_calls_some_are_noticed_and_others_never()
    {
        var ends = await EndsOfTwentyAsync(async (sim, overseer, sleeper) =>
        {
            var watch = overseer.Watch(sleeper, TimeSpan.FromSeconds(1));
            sim.SetLoss(1);
            await sim.Pass(TimeSpan.FromMilliseconds(10));
            sim.SetLoss(0);
            return watch;
        });

        ends.Distinct().ShouldBe(["never", nameof(SiloUnavailableException)], ignoreOrder: true);
    }

    [Fact]
    public async Task A_call_to_a_silo_that_is_down_may_be_rejected_before_its_death_is_known()
    {
        var ends = await EndsOfTwentyAsync((sim, overseer, sleeper) =>
        {
            sim.Crash(sim.SiloOf(sim.Grains.GetGrain<IVirtualGrain>(sleeper))!.Value);
            return Task.FromResult(overseer.Watch(sleeper, TimeSpan.FromSeconds(1)));
        });

        ends.Distinct().ShouldBe([nameof(OrleansMessageRejectionException), nameof(SiloUnavailableException)], ignoreOrder: true);
    }

    /// <summary>How the overseer's call of the sleeper ended within an hour, in each of twenty seeds.</summary>
    private static async Task<List<string>> EndsOfTwentyAsync(Func<Simulation, IOverseerGrain, long, Task<Task<string>>> call)
    {
        var ends = new List<string>();
        for (var seed = 0; seed < 20; seed++)
        {
            await using var sim = Simulation.Create(seed, options: FiveSilos);
            await sim.Run(async () =>
            {
                var (overseer, sleeper) = await ApartAsync(sim);
                var watch = await call(sim, sim.Grains.GetGrain<IOverseerGrain>(overseer), sleeper);
                await sim.Pass(TimeSpan.FromHours(1));
                ends.Add(watch.IsCompleted ? await watch : "never");
            });
        }

        return ends;
    }

    /// <summary>An overseer and a sleeper on different silos.</summary>
    private static async Task<(long Overseer, long Sleeper)> ApartAsync(Simulation sim)
    {
        var overseer = sim.Grains.GetGrain<IOverseerGrain>(0);
        for (var key = 1; ; key++)
        {
            await overseer.Watch(key, TimeSpan.Zero);
            if (sim.SiloOf(sim.Grains.GetGrain<IVirtualGrain>(key)) != sim.SiloOf(overseer))
                return (0, key);
        }
    }
}
