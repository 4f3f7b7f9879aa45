using System.Collections.Immutable;
using System.Globalization;
using AsyncTour.Grains.Jobs;

namespace AsyncTour.Simulation.Plans;

/// <summary>The jobs of a plan, and how many of them may run at once.</summary>
internal sealed class PlannedJobs(Plan plan)
{
    private readonly TimeSpan[] _durations = DurationsOf(plan);

    /// <summary>The run that runs them.</summary>
    public string RunId { get; } = "simulated";

    public int Count => plan.Jobs;

    public int Bound => plan.Bound;

    /// <summary>How long all of them take together.</summary>
    public TimeSpan Total => TimeSpan.FromTicks(_durations.Sum(static one => one.Ticks));

    /// <summary>Jobs from an index on, at most so many. Their durations are the plan's, whichever batch they are asked in.</summary>
    public ImmutableArray<Job> Batch(int from, int most)
    {
        var batch = ImmutableArray.CreateBuilder<Job>(Math.Min(most, Count - from));
        for (var index = from; batch.Count < batch.Capacity; index++)
        {
            var argument = plan.Kind == "fail" ? "" : Duration.Format(_durations[index]);
            batch.Add(new Job(index, plan.Kind, argument, index.ToString(CultureInfo.InvariantCulture)));
        }

        return batch.MoveToImmutable();
    }

    /// <summary>How long every job takes, in order: the same draws as <c>run</c> makes from the same seed.</summary>
    private static TimeSpan[] DurationsOf(Plan plan)
    {
        var random = new Random(plan.Seed);
        var durations = new TimeSpan[plan.Jobs];
        if (plan.Kind == "fail")
            return durations;
        foreach (ref var duration in durations.AsSpan())
            duration = plan.Duration.Next(random);
        return durations;
    }
}
