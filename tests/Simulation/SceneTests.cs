using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;
using AsyncTour.Simulation.Plans;
using AsyncTour.Simulation.Scenes;
using AsyncTour.Simulation.Sweeps;
using AsyncTour.Tracing.Analysis;
using AsyncTour.Tracing.Reading;

namespace AsyncTour.Simulation.Tests;

public sealed class SceneTests
{
    private static readonly Plan Stormy = new()
    {
        Seed = 11,
        Jobs = 60,
        Duration = Plan.Read("0..10s"),
        CrashRate = 1,
        Loss = 0.03,
        PartitionRate = 1,
        Promises = 3,
    };

    [Fact]
    public async Task A_calm_run_ends_as_its_durations_say()
    {
        var report = await new Scene(new Plan { Seed = 1 }).PlayAsync();

        report.Breach.ShouldBeNull();
        report.Ledger.Succeeded.ShouldBe(100);
        report.PeakConcurrency.ShouldBe(10);
        report.Ideal.ShouldBe(TimeSpan.FromMilliseconds(500));
        report.VirtualWall.ShouldBeInRange(TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(510));
    }

    [Fact]
    public async Task Every_job_has_one_outcome_whatever_dies()
    {
        var report = await new Scene(Stormy).PlayAsync();

        report.Breach.ShouldBeNull();
        report.Ledger.Submitted.ShouldBe(60);
        report.Statistics.Crashes.ShouldBeGreaterThan(0);
        report.Statistics.Lost.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task One_seed_is_one_history() => (await Sweep.Verified(Stormy)).Breach.ShouldBeNull();

    // Seconds of real time: the sweep that CI runs. The long one is a benchmark's.
    [Fact]
    public async Task Two_hundred_mixed_seeds_break_nothing()
    {
        var sweep = await new Sweep(Sweep.Watched).RunAsync(Enumerable.Range(1, 200).Select(Sweep.Mixed), stop: TestContext.Current.CancellationToken);

        sweep.Failing.ShouldBeNull(sweep.Failing is { } failing ? $"{failing.Breach}\n{PlanText.Command(failing.Plan)}" : "");
        sweep.Crashes.ShouldBeGreaterThan(100);
    }

    [Theory]
    [InlineData("pool", 3)]
    [InlineData("first-completed", 10)]
    [InlineData("executor", 4)]
    [InlineData("wait-all", 5)]
    public async Task A_partitioned_run_is_one_run_under_one_ledger(string strategy, int partitions)
    {
        var outcomes = new List<Outcome>();
        var plan = new Plan { Seed = 1, Jobs = 103, MaxWorkers = 10, Partitions = partitions, Strategy = strategy, Kind = strategy == "executor" ? "block" : "sleep" };
        var report = await new Scene(plan) { OutcomeHeard = outcomes.Add }.PlayAsync();

        report.Breach.ShouldBeNull();
        report.Ledger.ShouldBe(new Ledger(103, 103, 0, 0, 0, 0, 0, 0));
        report.PeakConcurrency.ShouldBe(plan.Bound);
        outcomes.Select(outcome => outcome.Index).Order().ShouldBe(Enumerable.Range(0, 103));
        outcomes.Select(outcome => outcome.Worker).Distinct().Order().ShouldBe(Enumerable.Range(0, plan.Bound));
    }

    [Fact]
    public async Task Three_hundred_stormy_seeds_break_no_partitioned_run()
    {
        var plans = Enumerable.Range(1, 300).Select(seed => Sweep.Mixed(seed) is { Strategy: not "sequential" } plan ? plan with { Partitions = Math.Min(plan.MaxWorkers, 1 + (seed % 5)) } : Sweep.Mixed(seed));
        var sweep = await new Sweep(Sweep.Watched).RunAsync(plans, stop: TestContext.Current.CancellationToken);

        sweep.Failing.ShouldBeNull(sweep.Failing is { } failing ? $"{failing.Breach}\n{PlanText.Command(failing.Plan)}" : "");
        sweep.Crashes.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task Workers_are_spread_as_evenly_as_on_real_silos()
    {
        var outcomes = new List<Outcome>();
        await new Scene(new Plan { Seed = 1, Jobs = 100, Silos = 4, MaxWorkers = 10 }) { OutcomeHeard = outcomes.Add }.PlayAsync();

        var workers = outcomes.Select(outcome => (Silo: outcome.Silo!, outcome.Worker)).Distinct().CountBy(one => one.Silo).Select(one => one.Value);
        workers.Order().ShouldBe([2, 2, 3, 3]);
    }

    [Fact]
    public async Task The_trace_passes_the_audit_of_a_real_one()
    {
        var folder = Directory.CreateTempSubdirectory("simulated").FullName;
        var outcomes = new List<Outcome>();
        var report = await new Scene(Stormy) { OutcomeHeard = outcomes.Add }.PlayAsync();

        var id = SimulatedTrace.Write(report, outcomes, folder);

        var trace = new TraceFolder(folder).Find(id);
        Audit.Of(trace).Breaches.ShouldBeEmpty();
        var timeline = RunTimeline.All(trace).ShouldHaveSingleItem();
        timeline.Jobs.Count.ShouldBe(outcomes.Count(outcome => outcome.Attempt > 0));
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("http", "--kind http cannot be simulated: a real network does not run in virtual time; use sleep, block, spin, fail")]
    [InlineData("nap", "the kind 'nap' cannot be simulated; use sleep, block, spin, fail")]
    public void What_virtual_time_cannot_run_is_refused(string kind, string sentence) =>
        PlanRules.Refuse(new Plan { Seed = 1, Kind = kind }).ShouldBe(sentence);
}
