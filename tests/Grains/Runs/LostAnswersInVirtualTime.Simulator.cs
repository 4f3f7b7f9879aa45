using System.Globalization;
using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Jobs.Handlers;
using AsyncTour.Grains.Runs;
using AsyncTour.Grains.Runs.Journal;
using AsyncTour.Simulator.Time;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using JobStatus = AsyncTour.Grains.Jobs.JobStatus;
using Outcome = AsyncTour.Grains.Jobs.Outcome;

namespace AsyncTour.Grains.Tests.Runs;

/// <summary>Answers that are lost between silos that both live, where nobody but the caller can find that out.</summary>
public sealed class LostAnswersInVirtualTime
{
    private const int Jobs = 4;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_job_whose_answer_is_lost_runs_again_as_attempt_2(int partitions)
    {
        var (outcomes, wall) = await LoseAnswersAsync(new RunSpec { Strategy = "pool", MaxWorkers = Jobs, WarmWorkers = Jobs, Partitions = partitions });

        outcomes.Select(static outcome => outcome.Status).ShouldAllBe(static status => status == JobStatus.Succeeded);
        outcomes.ShouldContain(static outcome => outcome.Attempt == 2);
        wall.ShouldBeLessThan(TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task At_most_once_its_fate_is_unknown()
    {
        var (outcomes, _) = await LoseAnswersAsync(new RunSpec { Strategy = "pool", MaxWorkers = Jobs, WarmWorkers = Jobs, AtMostOnce = true });

        outcomes.Select(static outcome => outcome.Attempt).ShouldAllBe(static attempt => attempt == 1);
        outcomes.ShouldContain(static outcome => outcome.Status == JobStatus.Unknown && outcome.Error!.Contains("the answer was lost"));
    }

    [Fact]
    public async Task A_job_that_takes_days_is_left_in_peace()
    {
        await using var sim = Create(silos: 3);
        var (outcomes, _) = await sim.Run(() => RunAsync(sim, new RunSpec { Strategy = "pool", MaxWorkers = Jobs, WarmWorkers = Jobs }, "72h", static () => Task.CompletedTask));

        outcomes.Select(static outcome => (outcome.Status, outcome.Attempt)).ShouldAllBe(static one => one.Status == JobStatus.Succeeded && one.Attempt == 1);
    }

    [Fact]
    public async Task A_run_that_starts_when_a_silo_has_just_died_waits_until_that_is_known()
    {
        await using var sim = Create(silos: 3);
        var (outcomes, wall) = await sim.Run(async () =>
        {
            var coordinator = sim.Grains.GetGrain<IRunGrain>("lossy");
            await coordinator.Status();
            sim.Crash((sim.SiloOf(coordinator)!.Value + 1) % 3);
            return await RunAsync(sim, new RunSpec { Strategy = "pool", MaxWorkers = Jobs }, "1s", static () => Task.CompletedTask);
        });

        outcomes.Select(static outcome => outcome.Status).ShouldAllBe(static status => status == JobStatus.Succeeded);
        wall.ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }

    // Every answer is lost that is given in the second in which the jobs end.
    private static async Task<(List<Outcome> Outcomes, TimeSpan Wall)> LoseAnswersAsync(RunSpec spec)
    {
        await using var sim = Create(silos: 3);
        return await sim.Run(() => RunAsync(sim, spec, "5s", async () =>
        {
            await sim.Pass(TimeSpan.FromSeconds(4.5));
            sim.SetLoss(1);
            await sim.Pass(TimeSpan.FromSeconds(1));
            sim.SetLoss(0);
        }));
    }

    private static async Task<(List<Outcome> Outcomes, TimeSpan Wall)> RunAsync(Simulation sim, RunSpec spec, string duration, Func<Task> disturb)
    {
        var runs = new RunClient(sim.Grains, new RunClientOptions { Time = sim.Time, Random = new Random(1), Patience = TimeSpan.FromMinutes(5) });
        var jobs = Enumerable.Range(0, Jobs).Select(index => new Job(index, "sleep", duration, index.ToString(CultureInfo.InvariantCulture)));
        var run = await runs.StartAsync("lossy", spec, jobs.ToAsyncEnumerable(), TestContext.Current.CancellationToken);
        var disturbed = disturb();
        var outcomes = await run.ReadAsync(cancellationToken: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        await disturbed;
        return (outcomes, (await run.StatusAsync())!.Wall);
    }

    private static Simulation Create(int silos) => Simulation.Create(
        seed: 1,
        static silo =>
        {
            silo.AddMemoryGrainStorage(RunStorage.Name);
            silo.AddPlacementDirector<EvenPlacement, EvenPlacementDirector>();
            silo.Services.AddSingleton(new RunStorage());
            silo.Services.AddJobHandler<SleepJob>("sleep");
        },
        new SimulationOptions { Silos = silos });
}
