using System.Collections.Immutable;
using AsyncTour.Grains.Jobs;

namespace AsyncTour.Grains.Runs;

/// <summary>What a run may be asked to do. Client and coordinator ask here, so both refuse with the same sentence.</summary>
public static class RunRules
{
    private const int MostRetries = 100;

    /// <summary>Why a run cannot be run as specified, in one sentence; <c>null</c> if it can.</summary>
    public static string? Refuse(RunSpec spec)
    {
        if (spec.MaxWorkers > RunSpec.MostWorkers)
        {
            return $"max workers is {spec.MaxWorkers}; at most {RunSpec.MostWorkers} are allowed";
        }

        if (spec.Timeout <= TimeSpan.Zero || spec.JobTimeout <= TimeSpan.Zero)
        {
            return "a timeout must be longer than zero; leave it out for none";
        }

        if (spec.InputLease <= TimeSpan.Zero)
        {
            return "an input lease must be longer than zero; null waits for ever";
        }

        if (spec.Retries is < 0 or > MostRetries)
        {
            return $"retries is {spec.Retries}; 0 to {MostRetries} are allowed";
        }

        try
        {
            return RefusePartitions(spec, RunPolicies.Of(spec).Strategy.MaxWorkers);
        }
        catch (RefusedException refused)
        {
            return refused.Message;
        }
    }

    private static string? RefusePartitions(RunSpec spec, int? workers)
    {
        var most = Math.Min(workers ?? RunSpec.MostPartitions, RunSpec.MostPartitions);
        return spec.Partitions >= 1 && spec.Partitions <= most
            ? null
            : $"partitions is {spec.Partitions}; each needs a worker of its own, so with {(workers is { } all ? all == 1 ? "1 worker" : $"{all} workers" : "a worker for each job")} {(most == 1 ? "only 1 is" : $"1 to {most} are")} allowed";
    }

    /// <summary>Why some of these jobs cannot be run by this strategy, in one sentence; <c>null</c> if all can.</summary>
    public static string? Refuse(string strategy, ImmutableArray<Job> jobs, JobKinds kinds)
    {
        foreach (var job in jobs)
        {
            if (kinds.Refuse(job) is { } reason)
            {
                return reason;
            }

            if (strategy == "executor" && !kinds.IsBlocking(job.Kind))
            {
                var blocking = string.Join(", ", kinds.Names.Where(kinds.IsBlocking));
                return $"the strategy executor gives each job a thread to block, and '{job.Kind}' does not block; use {blocking}, or another strategy";
            }
        }

        return null;
    }
}
