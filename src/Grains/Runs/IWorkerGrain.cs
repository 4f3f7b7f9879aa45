using AsyncTour.Grains.Jobs;
using Orleans;
using Orleans.Concurrency;

namespace AsyncTour.Grains.Runs;

/// <summary>
/// One slot of a pool, keyed by run id and worker number. It is not reentrant, so it runs one job at a time, and K of
/// them run K at most: the bound is the structure.
/// </summary>
[Alias("asynctour.IWorkerGrain")]
public interface IWorkerGrain : IGrainWithStringKey
{
    /// <summary>
    /// Runs one job to its end and answers what became of it; a job's failure is an outcome, not an exception. Answers
    /// only when the job has really stopped, also after a cancellation or a timeout.
    /// </summary>
    [ResponseTimeout("365.00:00:00"), Alias("Run")]
    Task<Outcome> Run(JobAttempt attempt, CancellationToken cancellationToken);

    /// <summary>
    /// Whether the worker is at this attempt. The answer to <see cref="Run"/> may be lost between two silos that both live,
    /// and then this is how the coordinator finds out.
    /// </summary>
    [AlwaysInterleave, Alias("IsAt")]
    Task<bool> IsAt(int index, int number);

    /// <summary>Lets the worker go: its run is over. It gives up its thread, if it had one, and its activation.</summary>
    [Alias("Retire")]
    Task Retire();
}

/// <summary>One job, handed to a worker.</summary>
/// <param name="Job">The job.</param>
/// <param name="Worker">The worker's number, from 0.</param>
/// <param name="Number">Which attempt this is, from 1.</param>
/// <param name="Timeout">After this long the job is stopped; <c>null</c>: never.</param>
/// <param name="IsWarmUp">Whether this only warms the path up and is reported nowhere.</param>
/// <param name="Queued">How long the job waited between its submission and this call; <c>null</c> for later attempts, and where nobody knows.</param>
[GenerateSerializer, Immutable, Alias("asynctour.JobAttempt")]
public sealed record JobAttempt(
    [property: Id(0)] Job Job,
    [property: Id(1)] int Worker,
    [property: Id(2)] int Number,
    [property: Id(3)] TimeSpan? Timeout,
    [property: Id(4)] bool IsWarmUp,
    [property: Id(5)] TimeSpan? Queued = null);
