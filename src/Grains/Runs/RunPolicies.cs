using AsyncTour.Concurrency.Limits;
using AsyncTour.Concurrency.Pools;
using AsyncTour.Grains.Jobs;

namespace AsyncTour.Grains.Runs;

/// <summary>A run's specification, read: what its words mean to the toolbox.</summary>
internal sealed class RunPolicies
{
    private RunPolicies(Strategy strategy, ErrorPolicy onError, RetryPolicy retry, Until? until, KeyLimit? perKey, RateLimit? rate)
    {
        Strategy = strategy;
        OnError = onError;
        Retry = retry;
        Until = until;
        PerKey = perKey;
        Rate = rate;
    }

    public Strategy Strategy { get; }

    public ErrorPolicy OnError { get; }

    public RetryPolicy Retry { get; }

    public Until? Until { get; }

    public KeyLimit? PerKey { get; }

    public RateLimit? Rate { get; }

    /// <summary>Whether a job that was taken from the input may be held back before it starts.</summary>
    public bool MayHoldJobs => PerKey is not null || Rate is not null;

    /// <exception cref="RefusedException">A word of it means nothing.</exception>
    public static RunPolicies Of(RunSpec spec)
    {
        if (!Strategy.TryParse(spec.Strategy, spec.MaxWorkers, out var strategy, out var reason)
            | !ErrorPolicy.TryParse(spec.OnError, out var onError, out var noPolicy))
        {
            throw new RefusedException(reason ?? noPolicy!);
        }

        Until? until = null;
        RateLimit? rate = null;
        if ((spec.Until is { } goal && !Until.TryParse(goal, out until, out reason))
            || (spec.Rate is { } speed && !RateLimit.TryParse(speed, out rate, out reason)))
        {
            throw new RefusedException(reason);
        }

        if (spec.PerKey < 1)
        {
            throw new RefusedException($"per-key is {spec.PerKey}; at least 1 is allowed");
        }

        return new RunPolicies(
            strategy!, onError!, new RetryPolicy(spec.Retries), until, spec.PerKey is { } bound ? new KeyLimit(bound) : null, rate);
    }

    /// <summary>The input as the limits let it through.</summary>
    public IJobSource<Job> Limited(IJobSource<Job> input, TimeProvider time)
    {
        var perKey = PerKey is null ? input : PerKey.Over(input, job => job.Key, StringComparer.Ordinal);
        return Rate is null ? perKey : Rate.Over(perKey, time);
    }
}
