namespace AsyncTour.Grains.Jobs.Handlers;

/// <summary><c>fail</c>: fails at once, with its argument as the message. For trying out error policies.</summary>
public sealed class FailJob : IJobHandler
{
    /// <inheritdoc/>
    public ValueTask<string?> RunAsync(Job job, CancellationToken cancellationToken) =>
        throw new InvalidOperationException(job.Argument.Length > 0 ? job.Argument : "this job always fails");
}
