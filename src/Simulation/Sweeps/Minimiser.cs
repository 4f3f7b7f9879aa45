using AsyncTour.Simulation.Plans;
using AsyncTour.Simulation.Scenes;

namespace AsyncTour.Simulation.Sweeps;

/// <summary>
/// Makes a failing plan smaller while it goes on failing: fewer jobs, silos, workers and faults. The smallest that fails is the one
/// worth looking at. The breach may change on the way; that it is one is enough.
/// </summary>
public sealed class Minimiser(Func<Plan, Task<SceneReport>> play)
{
    private const int MostTries = 150;

    /// <summary>The smallest plan found, and what it breaks.</summary>
    public async Task<SceneReport> MinimiseAsync(SceneReport failing)
    {
        ArgumentNullException.ThrowIfNull(failing);
        var smallest = failing;
        var tries = 0;
        for (var isSmaller = true; isSmaller && tries < MostTries;)
        {
            isSmaller = false;
            foreach (var candidate in Smaller(smallest.Plan))
            {
                if (++tries > MostTries)
                    break;
                var report = await play(candidate);
                if (report.Breach is null)
                    continue;
                (smallest, isSmaller) = (report, true);
                break;
            }
        }

        return smallest;
    }

    private static IEnumerable<Plan> Smaller(Plan plan) => Cuts(plan).Where(candidate => candidate != plan && PlanRules.Refuse(candidate) is null);

    /// <summary>Big cuts first.</summary>
    private static IEnumerable<Plan> Cuts(Plan plan)
    {
        yield return plan with { PartitionRate = 0 };
        yield return plan with { CrashRate = 0 };
        yield return plan with { Loss = 0 };
        yield return plan with { Partitions = 1 };
        yield return plan with { Promises = 0 };
        yield return plan with { Promises = plan.Promises / 2 };
        yield return plan with { JobTimeout = null };
        yield return plan with { Timeout = null };
        yield return plan with { Retries = 0 };
        yield return plan with { Jobs = Math.Max(plan.Jobs / 2, 1) };
        yield return plan with { Silos = Math.Max(1, plan.Silos / 2) };
        yield return plan with { MaxWorkers = Math.Max(plan.Partitions, plan.MaxWorkers / 2) };
        yield return plan with { Jobs = Math.Max(plan.Jobs - 1, 1) };
        yield return plan with { Silos = Math.Max(1, plan.Silos - 1) };
        yield return plan with { MaxWorkers = Math.Max(plan.Partitions, plan.MaxWorkers - 1) };
    }
}
