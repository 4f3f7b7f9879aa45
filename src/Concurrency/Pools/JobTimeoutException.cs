using System.Globalization;

namespace AsyncTour.Concurrency.Pools;

/// <summary>A job did not end within the pool's job timeout, and stopped when it was asked to.</summary>
public sealed class JobTimeoutException : TimeoutException
{
    internal JobTimeoutException(TimeSpan timeout, Exception stopped)
        : base(string.Create(CultureInfo.InvariantCulture, $"The job did not end within {timeout.TotalSeconds:0.###} s and was stopped."), stopped) =>
        Timeout = timeout;

    /// <summary>The time the attempt was given.</summary>
    public TimeSpan Timeout { get; }
}
