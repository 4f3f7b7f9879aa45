using System.Collections.Immutable;
using System.Globalization;
using AsyncTour.Grains.Jobs;

namespace AsyncTour.Simulation.Plans;

/// <summary>
/// What one coordinator of a plan gets: every P-th job and a P-th of the workers. Its jobs count their indices from 0, as every run's
/// do; a job's key is its place among all jobs.
/// </summary>
internal sealed class Share(Plan plan, int number)
{
    public string RunId { get; } = string.Create(CultureInfo.InvariantCulture, $"simulated/{number}");

    public int Number => number;

    public int Jobs { get; } = (plan.Jobs - number + plan.Partitions - 1) / plan.Partitions;

    public int Workers { get; } = (plan.MaxWorkers - number + plan.Partitions - 1) / plan.Partitions;

    public int Bound => plan.Strategy switch
    {
        "sequential" => 1,
        "wait-all" => Jobs,
        _ => Workers,
    };

    public static int PlaceAmongAll(Plan plan, int number, int index) => (index * plan.Partitions) + number;

    /// <summary>Jobs from an index on, at most so many. Their durations are the plan's, whichever batch they are asked in.</summary>
    public ImmutableArray<Job> Batch(ReadOnlySpan<TimeSpan> durations, int from, int most)
    {
        var batch = ImmutableArray.CreateBuilder<Job>(Math.Min(most, Jobs - from));
        for (var index = from; batch.Count < batch.Capacity; index++)
        {
            var place = PlaceAmongAll(plan, number, index);
            var argument = plan.Kind == "fail" ? "" : Duration.Format(durations[place]);
            batch.Add(new Job(index, plan.Kind, argument, place.ToString(CultureInfo.InvariantCulture)));
        }

        return batch.MoveToImmutable();
    }

    /// <summary>How long every job takes, in order: the same draws as <c>run</c> makes from the same seed.</summary>
    public static TimeSpan[] Durations(Plan plan)
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
