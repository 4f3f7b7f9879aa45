using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;
using AsyncTour.Orleans.Bench.Kills;
using AsyncTour.Orleans.Bench.Promises;
using AsyncTour.Orleans.Bench.Zombies;
using AsyncTour.Silo.Tests.Support;

namespace AsyncTour.Silo.Tests.Cluster;

/// <summary>Real silo processes with a real Redis. Each test takes seconds, because a dead silo is only known as dead after seconds.</summary>
[Collection(nameof(Silo_processes))]
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

    [Theory]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public async Task A_partitioned_run_loses_and_doubles_nothing_either(int number, bool coordinatorDies)
    {
        var run = await cluster.Killer.KillDuringRunAsync(number, Jobs, coordinatorDies ? Victim.Coordinator : Victim.Worker, partitions: 3);

        run.Lost.ShouldBe(0);
        run.Doubled.ShouldBe(0);
        run.IsWhole.ShouldBeTrue(run.Status.ToString());
        run.Again.ShouldBeGreaterThan(0, "what the dead silo's partition had runs again, as attempt 2");
    }

    [Theory]
    [InlineData(7, false, 1)]
    [InlineData(8, true, 1)]
    [InlineData(9, false, 3)]
    [InlineData(10, true, 3)]
    public async Task A_silo_told_to_stop_during_a_run_costs_no_outcome(int number, bool hasCoordinator, int partitions)
    {
        var run = await cluster.Killer.KillDuringRunAsync(
            number, Jobs * 5, hasCoordinator ? Victim.Coordinator : Victim.Worker, partitions, gently: true);

        run.IsWhole.ShouldBeTrue(run.Status.ToString());
    }

    [Fact]
    public async Task A_rolling_update_under_a_run_costs_no_outcome()
    {
        var run = await cluster.Killer.RollDuringRunAsync(11, Jobs * 50);

        run.IsWhole.ShouldBeTrue(run.Status.ToString());
    }

    [Fact]
    public async Task A_promise_that_was_acknowledged_its_open_waits_and_a_race_for_another_outlive_the_silo()
    {
        var killer = new PromiseKiller(cluster.Silos, cluster.Client, cluster.Other, new Random(1));
        for (var kill = 1; kill <= Rounds.Kills; kill++)
        {
            var round = await killer.KillAsync(kill, atHome: kill % 2 == 1, Restart.AtOnce);

            round.Got.Values.ShouldBe(round.Got.Expected);
            round.Waited.Values.ShouldBe(round.Waited.Expected);
            round.RaceWinners.ShouldBe(1, "the first settlement wins, and only that one");
            round.RaceValue.Values.ShouldBe(round.RaceValue.Expected);
        }
    }

    [Fact]
    public async Task A_run_that_starts_while_nobody_knows_yet_that_a_silo_is_dead_is_whole()
    {
        var run = await cluster.Killer.KillBeforeRunAsync(5, Jobs, returns: false);

        run.IsWhole.ShouldBeTrue(run.Status.ToString());
    }

    // For ten seconds and more after its return, connections to it are closed as if they led to its former life, and answers are lost.
    [Fact]
    public async Task A_silo_that_comes_back_at_its_address_costs_no_outcome()
    {
        var run = await cluster.Killer.KillBeforeRunAsync(6, Jobs * 50, returns: true);

        run.IsWhole.ShouldBeTrue(run.Status.ToString());
    }

    [Fact]
    public async Task A_frozen_silo_that_is_continued_after_its_death_leaves_and_doubles_nothing()
    {
        Rounds.NeedMinutes("Orleans takes a minute to declare a frozen silo dead");
        using var freezer = new SiloFreezer(cluster.Silos, cluster.Client, new Random(1));

        var frozen = await freezer.FreezeAsync(1, Jobs * 10, Victim.Coordinator, untilDead: true);

        frozen.DeadAfter.ShouldNotBeNull();
        frozen.LeftAfter.ShouldNotBeNull(frozen.Words);
        frozen.Run.IsWhole.ShouldBeTrue(frozen.Run.Status.ToString());
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
