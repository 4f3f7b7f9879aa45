using Polly;
using Polly.Retry;

namespace AsyncTour.Concurrency.Pools;

/// <summary>
/// How often a failed job is tried again, and how long after: exponential backoff, with jitter so that jobs that
/// failed together do not come back together.
/// </summary>
/// <remarks>The numbers are here so that a grain can keep them across calls; <see cref="ToPipeline"/> is the same policy as a Polly pipeline.</remarks>
public sealed record RetryPolicy
{
    /// <param name="retries">Tries after the first, 0 or more.</param>
    public RetryPolicy(int retries)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(retries);
        Retries = retries;
    }

    /// <summary>A failure is final.</summary>
    public static RetryPolicy None { get; } = new(0);

    /// <summary>Tries after the first.</summary>
    public int Retries { get; }

    /// <summary>The wait before the second try, without jitter. 100 ms unless told.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>What each wait is multiplied by for the next. 2 unless told.</summary>
    public double Factor { get; init; } = 2;

    /// <summary>No wait is longer. 30 s unless told.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How far a wait may be from its nominal length, as a share of it: 0.5 draws from 50 % to 150 %. 0 for none.</summary>
    public double Jitter { get; init; } = 0.5;

    /// <summary>True when a job that failed on this attempt may run again.</summary>
    /// <param name="attempt">The attempt that failed; the first is 1.</param>
    public bool MayRetry(int attempt) => attempt <= Retries;

    /// <summary>How long to wait after that attempt failed.</summary>
    /// <param name="attempt">The attempt that failed; the first is 1.</param>
    /// <param name="random">Where the jitter comes from.</param>
    public TimeSpan NextDelay(int attempt, Random random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempt, 1);
        ArgumentNullException.ThrowIfNull(random);

        // Capped before the jitter too: far enough out the power is infinite, and infinite times nothing is no number.
        double longest = MaxDelay.TotalMilliseconds;
        double nominal = FirstDelay <= TimeSpan.Zero ? 0 : Math.Min(FirstDelay.TotalMilliseconds * Math.Pow(Factor, attempt - 1), longest);
        double drawn = nominal * (1 + (Jitter * ((2 * random.NextDouble()) - 1)));
        return TimeSpan.FromMilliseconds(Math.Clamp(drawn, 0, longest));
    }

    /// <summary>The same policy for Polly. It retries every failure, and never a cancellation.</summary>
    /// <param name="time">What the waits are measured by.</param>
    /// <param name="random">Where the jitter comes from. Polly asks from one thread at a time per call, not over all calls.</param>
    public ResiliencePipeline ToPipeline(TimeProvider time, Random random)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(random);
        if (Retries == 0)
            return ResiliencePipeline.Empty;

        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        builder.AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = Retries,
            MaxDelay = MaxDelay,
            ShouldHandle = static tried => new(tried.Outcome.Exception is not null and not OperationCanceledException),
            DelayGenerator = tried =>
            {
                lock (random)
                    return new(NextDelay(tried.AttemptNumber + 1, random));
            },
        });
        return builder.Build();
    }
}
