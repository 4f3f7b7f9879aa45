using System.Globalization;
using AsyncTour.Grains.Jobs;

namespace AsyncTour.Simulation.Plans;

/// <summary>Plans as command lines: what a failing seed prints.</summary>
public static class PlanText
{
    /// <summary>The command that plays this plan again: <c>asynctour simulate</c> with every option that is not at its default.</summary>
    public static string Command(Plan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return "asynctour simulate " + string.Join(' ', Words(plan));
    }

    private static IEnumerable<string> Words(Plan plan)
    {
        var usual = new Plan { Seed = plan.Seed };
        yield return Option("--seed", plan.Seed);
        if (plan.Silos != usual.Silos)
            yield return Option("--silos", plan.Silos);
        if (plan.Jobs != usual.Jobs)
            yield return Option("--jobs", plan.Jobs);
        if (plan.MaxWorkers != usual.MaxWorkers)
            yield return Option("--max-workers", plan.MaxWorkers);
        if (plan.Strategy != usual.Strategy)
            yield return Option("--strategy", plan.Strategy);
        if (plan.Kind != usual.Kind)
            yield return Option("--kind", plan.Kind);
        if (plan.Duration.ToString() != usual.Duration.ToString())
            yield return Option("--duration", plan.Duration);
        if (plan.Latency.ToString() != usual.Latency.ToString())
            yield return Option("--latency", plan.Latency);
        if (plan.TurnCost != usual.TurnCost)
            yield return Option("--turn-cost", Duration.Format(plan.TurnCost));
        if (plan.TimerLateness != usual.TimerLateness)
            yield return Option("--timer-lateness", Duration.Format(plan.TimerLateness));
        if (plan.Partitions != usual.Partitions)
            yield return Option("--partitions", plan.Partitions);
        if (plan.Promises > 0)
            yield return Option("--promises", plan.Promises);
        foreach (var word in FaultWords(plan, usual))
            yield return word;
        if (plan.JobTimeout is { } jobTimeout)
            yield return Option("--job-timeout", Duration.Format(jobTimeout));
        if (plan.Timeout is { } timeout)
            yield return Option("--timeout", Duration.Format(timeout));
        if (plan.Retries > 0)
            yield return Option("--retries", plan.Retries);
        if (plan.AtMostOnce)
            yield return "--at-most-once";
    }

    private static IEnumerable<string> FaultWords(Plan plan, Plan usual)
    {
        if (plan.CrashRate > 0)
            yield return Option("--crash-rate", plan.CrashRate);
        if (plan.Loss > 0)
            yield return Option("--loss", plan.Loss);
        if (plan.PartitionRate > 0)
            yield return Option("--partition-rate", plan.PartitionRate);
        if (plan.HasFaults && plan.FaultsFor != usual.FaultsFor)
            yield return Option("--faults-for", Duration.Format(plan.FaultsFor));
    }

    private static string Option(string name, object value) => string.Create(CultureInfo.InvariantCulture, $"{name} {value}");
}
