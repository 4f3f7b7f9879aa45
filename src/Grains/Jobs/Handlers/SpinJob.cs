namespace AsyncTour.Grains.Jobs.Handlers;

/// <summary>
/// <c>spin</c>: keeps a core busy for a duration, then answers its key. More of them at once than there are cores share
/// the cores; the notebook's asynchronous strategies do not help such work.
/// </summary>
public sealed class SpinJob(TimeProvider time) : IBlockingJobHandler
{
    private const int LookUpEvery = 100;

    /// <inheritdoc/>
    public string? Refuse(string argument) =>
        Duration.TryParse(argument, out _) ? null : "is not a duration; " + Duration.Allowed;

    /// <inheritdoc/>
    public string? Run(Job job, CancellationToken cancellationToken)
    {
        var duration = Duration.Parse(job.Argument);
        var start = time.GetTimestamp();
        while (time.GetElapsedTime(start) < duration)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Thread.SpinWait(LookUpEvery);
        }

        return job.Key;
    }
}
