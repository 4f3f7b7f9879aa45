using AsyncTour.Simulator.Time;
using Orleans;
using Orleans.Hosting;
using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace AsyncTour.Simulator.Tests.Time;

internal interface IPlacedGrain : IGrainWithIntegerKey
{
    Task<string> Where();
}

[AttributeUsage(AttributeTargets.Class)]
internal sealed class ByKeyPlacementAttribute() : PlacementAttribute(new ByKeyPlacement());

internal sealed class ByKeyPlacement : PlacementStrategy;

[ByKeyPlacement]
internal sealed class PlacedGrain(ILocalSiloDetails silo) : Grain, IPlacedGrain
{
    public Task<string> Where() => Task.FromResult(silo.Name);
}

public sealed class PlacementDirectorTests
{
    [Fact]
    public async Task A_directors_word_decides_where_grains_live()
    {
        await using var sim = Simulation.Create(
            seed: 1, silo => silo.AddPlacementDirector<ByKeyPlacement, ByKey>(), new SimulationOptions { Silos = 3 });

        var places = await sim.Run(() => Task.WhenAll(Enumerable.Range(0, 6).Select(key => sim.Grains.GetGrain<IPlacedGrain>(key).Where())));

        places.ShouldBe(["silo-0", "silo-1", "silo-2", "silo-0", "silo-1", "silo-2"]);
    }

    [Fact]
    public async Task Only_living_silos_are_offered_to_a_director()
    {
        await using var sim = Simulation.Create(
            seed: 1, silo => silo.AddPlacementDirector<ByKeyPlacement, ByKey>(), new SimulationOptions { Silos = 3 });

        await sim.Run(async () =>
        {
            sim.Crash(0);
            await sim.Pass(TimeSpan.FromMinutes(1));
            (await sim.Grains.GetGrain<IPlacedGrain>(0).Where()).ShouldBe("silo-1");
        });
    }

    [Fact]
    public async Task A_strategy_without_a_director_is_random()
    {
        await using var sim = Simulation.Create(seed: 1, options: new SimulationOptions { Silos = 3 });

        var places = await sim.Run(() => Task.WhenAll(Enumerable.Range(0, 30).Select(key => sim.Grains.GetGrain<IPlacedGrain>(key).Where())));

        places.Distinct().Order().ShouldBe(["silo-0", "silo-1", "silo-2"]);
    }

    private sealed class ByKey : IPlacementDirector
    {
        public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
        {
            var silos = context.GetCompatibleSilos(target);
            return Task.FromResult(silos[Convert.ToInt32(target.GrainIdentity.Key.ToString(), 16) % silos.Length]);
        }
    }
}
