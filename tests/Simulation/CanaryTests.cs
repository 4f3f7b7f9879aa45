using AsyncTour.Simulation.Plans;
using AsyncTour.Simulation.Scenes;
using AsyncTour.Simulation.Sweeps;
using AsyncTour.Simulation.Tests.Canaries;

namespace AsyncTour.Simulation.Tests;

/// <summary>Bugs planted on purpose. A checker that finds none of these finds nothing.</summary>
public sealed class CanaryTests
{
    [Fact]
    public async Task A_lost_window_is_found()
    {
        var smallest = await FoundAsync(
            seed => new Plan { Seed = seed, Jobs = 20, MaxWorkers = 4 },
            plan => new Scene(plan) { CoordinatorClass = typeof(LostWindowGrain).FullName! });

        smallest.Breach!.ShouldContain("it has ended, and");
        smallest.Plan.Jobs.ShouldBe(2, "two jobs that end at once are what it takes");
    }

    [Fact]
    public async Task A_slot_that_is_freed_while_its_job_runs_is_found()
    {
        var smallest = await FoundAsync(
            seed => new Plan { Seed = seed, Jobs = 20, MaxWorkers = 4, Duration = Plan.Read("0..200ms"), JobTimeout = TimeSpan.FromMilliseconds(150) },
            plan => new Scene(plan) { CoordinatorClass = typeof(HastySlotGrain).FullName! });

        smallest.Breach!.ShouldContain("its slot was free too early");
        PlanText.Command(smallest.Plan).ShouldContain("--job-timeout 150ms");
    }

    [Fact]
    public async Task A_promise_that_is_settled_twice_is_found()
    {
        var smallest = await FoundAsync(
            seed => new Plan { Seed = seed, Jobs = 1, MaxWorkers = 1, Promises = 4 },
            plan => new Scene(plan) { PromiseClass = typeof(TwiceSettledGrain).FullName! });

        smallest.Breach!.ShouldContain("was settled by rival");
        PlanText.Command(smallest.Plan).ShouldContain("--promises");
    }

    private static async Task<SceneReport> FoundAsync(Func<int, Plan> plan, Func<Plan, Scene> scene)
    {
        Task<SceneReport> Play(Plan one) => scene(one).PlayAsync();
        var sweep = await new Sweep(Play).RunAsync(Enumerable.Range(1, 100).Select(plan));
        sweep.Failing.ShouldNotBeNull("a hundred seeds did not find the planted bug");
        var smallest = await new Minimiser(Play).MinimiseAsync(sweep.Failing);
        (await Play(smallest.Plan)).Breach.ShouldBe(smallest.Breach, "the plan repeats its breach");
        return smallest;
    }
}
