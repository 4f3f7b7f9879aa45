namespace AsyncTour.Grains.Jobs.Handlers;

/// <summary>
/// <c>block</c>: holds its thread for a duration and cannot be stopped, like the notebook's <c>slow</c> with its
/// <c>time.sleep</c>; then answers its key.
/// </summary>
public sealed class BlockJob : IBlockingJobHandler
{
    /// <inheritdoc/>
    public string? Refuse(string argument) =>
        Duration.TryParse(argument, out _) ? null : "is not a duration; " + Duration.Allowed;

    /// <inheritdoc/>
    public string? Run(Job job, CancellationToken cancellationToken)
    {
        Thread.Sleep(Duration.Parse(job.Argument));
        return job.Key;
    }
}
