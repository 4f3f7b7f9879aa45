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
    public ImmutableArray<Job> Batch(ReadOnlySpan<string> arguments, int from, int most)
    {
        var batch = ImmutableArray.CreateBuilder<Job>(Math.Min(most, Jobs - from));
        for (var index = from; batch.Count < batch.Capacity; index++)
        {
            var place = PlaceAmongAll(plan, number, index);
            batch.Add(new Job(index, plan.Kind, arguments[place], place.ToString(CultureInfo.InvariantCulture)));
        }

        return batch.MoveToImmutable();
    }

    /// <summary>The argument of every job, in order: the same draws as <c>run</c> makes from the same seed.</summary>
    /// <returns>The arguments, and how long all jobs take one after the other.</returns>
    public static (string[] Arguments, TimeSpan Work) Draw(Plan plan)
    {
        var random = new Random(plan.Seed);
        var arguments = new string[plan.Jobs];
        var work = TimeSpan.Zero;
        if (plan.Kind == "fail")
        {
            Array.Fill(arguments, "");
            return (arguments, work);
        }

        for (var i = 0; i < arguments.Length; i++)
        {
            var duration = plan.Duration.Next(random);
            work += duration;
            arguments[i] = Duration.Format(duration);
        }

        return (arguments, work);
    }
}
