using AsyncTour.Grains.Runs;

namespace AsyncTour.Simulation.Plans;

/// <summary>What can be simulated.</summary>
public static class PlanRules
{
    /// <summary>The kinds of job that virtual time can run.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["sleep", "block", "spin", "fail"];

    private const int MostSilos = 10_000;

    /// <summary>Why a plan cannot be simulated, in one sentence; <c>null</c> if it can.</summary>
    public static string? Refuse(Plan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Kind == "http")
            return "--kind http cannot be simulated: a real network does not run in virtual time; use " + string.Join(", ", Kinds);
        if (!Kinds.Contains(plan.Kind))
            return $"the kind '{plan.Kind}' cannot be simulated; use {string.Join(", ", Kinds)}";
        if (plan.Silos is < 1 or > MostSilos)
            return $"silos is {plan.Silos}; 1 to {MostSilos} are allowed";
        if (plan.Jobs < 1)
            return $"jobs is {plan.Jobs}; at least 1 is needed";
        if (plan.Promises is < 0 or > 100_000)
            return $"promises is {plan.Promises}; 0 to 100000 are allowed";
        if (plan.Loss is < 0 or > 0.5)
            return $"the loss is {plan.Loss}; a share of 0 to 0.5 is allowed";
        if (plan.CrashRate is < 0 or > 60 || plan.PartitionRate is < 0 or > 60)
            return "crashes and partitions are counted per minute; 0 to 60 are allowed";
        return RunRules.Refuse(Spec(plan));
    }

    /// <summary>How the run of a plan treats its jobs.</summary>
    internal static RunSpec Spec(Plan plan) => new()
    {
        Strategy = plan.Strategy,
        MaxWorkers = plan.MaxWorkers,
        Partitions = plan.Partitions,
        JobTimeout = plan.JobTimeout,
        Timeout = plan.Timeout,
        Retries = plan.Retries,
        AtMostOnce = plan.AtMostOnce,

        // The faults of a plan may silence its client for longer than a real one is silent, and it never goes away.
        InputLease = null,
    };
}
