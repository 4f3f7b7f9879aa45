using System.Runtime.CompilerServices;
using AsyncTour.Grains.Turns;

namespace AsyncTour.Grains.Jobs.Handlers;

/// <summary>
/// <c>sleep</c>: waits for a duration without holding a thread, then answers its key (the notebook's <c>slow_async</c>).
/// </summary>
public sealed class SleepJob(TimeProvider time) : IJobHandler
{
    /// <inheritdoc/>
    public string? Refuse(string argument) =>
        Duration.TryParse(argument, out _) ? null : "is not a duration; " + Duration.Allowed;

    /// <inheritdoc/>
    public ValueTask<string?> RunAsync(Job job, CancellationToken cancellationToken)
    {
        var duration = Duration.Parse(job.Argument);
        return duration == TimeSpan.Zero ? ValueTask.FromResult<string?>(job.Key) : SleepAsync(job, duration, cancellationToken);
    }

    [AsyncMethodBuilder(typeof(TurnMethodBuilder<>))]
    private async ValueTask<string?> SleepAsync(Job job, TimeSpan duration, CancellationToken cancellationToken)
    {
        await Task.Delay(duration, time, cancellationToken);
        return job.Key;
    }
}
