using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;
using AsyncTour.Orleans.Bench.Kills;

namespace AsyncTour.Silo.Tests.Cluster;

/// <summary>Real silo processes with a real Redis. Each test takes seconds, because a dead silo is only known as dead after seconds.</summary>
public sealed class Silo_processes(SiloCluster cluster) : IClassFixture<SiloCluster>
{
    private const int Jobs = 200;

    [Fact]
    public async Task Twelve_workers_on_three_silos_are_four_on_each()
    {
        var silos = cluster.Silos.Places.Count;
        var run = await cluster.Client.Runs.StartAsync(
            "spread", new RunSpec { Strategy = "pool", MaxWorkers = 12, WarmWorkers = 12 },
            Enumerable.Range(0, 120).Select(static index => new Job(index, "sleep", "5ms", "")).ToAsyncEnumerable(),
            TestContext.Current.CancellationToken);
        var outcomes = await run.ReadAsync(cancellationToken: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        var workers = outcomes.Select(static outcome => (outcome.Silo, outcome.Worker)).Distinct().CountBy(static one => one.Silo!).ToList();

        workers.Count.ShouldBe(silos);
        workers.ShouldAllBe(static silo => silo.Value == 4);
    }

    [Fact]
    public async Task A_silo_killed_during_a_run_costs_no_outcome_and_doubles_none()
    {
        var run = await cluster.Killer.KillDuringRunAsync(1, Jobs, Victim.Worker);

        run.Lost.ShouldBe(0);
        run.Doubled.ShouldBe(0);
        run.IsWhole.ShouldBeTrue(run.Status.ToString());
        run.Again.ShouldBeGreaterThan(0, "jobs of the dead silo run again, as attempt 2");
    }

    [Fact]
    public async Task A_coordinator_killed_with_its_silo_goes_on_elsewhere()
    {
        var run = await cluster.Killer.KillDuringRunAsync(2, Jobs, Victim.Coordinator);

        run.HadCoordinator.ShouldBeTrue();
        run.Lost.ShouldBe(0);
        run.Doubled.ShouldBe(0);
        run.IsWhole.ShouldBeTrue(run.Status.ToString());
    }

    [Fact]
    public async Task A_silo_told_to_stop_leaves_in_order()
    {
        var exitCode = await cluster.Silos.StopSiloAsync(2);

        exitCode.ShouldBe(0);
        cluster.Silos.Said(2).ShouldContain("silo silo-3 has stopped");
        await cluster.Silos.StartSiloAsync(2);
    }
}
