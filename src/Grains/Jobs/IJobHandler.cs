namespace AsyncTour.Grains.Jobs;

/// <summary>What every kind of job has, however it runs: a say in which arguments it takes.</summary>
public interface IJobKind
{
    /// <summary>
    /// Why this argument cannot be run, as the end of a sentence ("is not a duration; write 50ms, 1.5s or 2m"),
    /// or <c>null</c> if it can. Asked before a run starts, so it must not do any of the work.
    /// </summary>
    string? Refuse(string argument) => null;
}

/// <summary>
/// Runs jobs of one kind by awaiting. Its code runs in the worker grain's turns, so it must never block a thread;
/// a function that does block is an <see cref="IBlockingJobHandler"/>.
/// </summary>
public interface IJobHandler : IJobKind
{
    /// <summary>Does the work and answers its value. A throw is the job's failure; it must stop soon after the token says so.</summary>
    ValueTask<string?> RunAsync(Job job, CancellationToken cancellationToken);
}

/// <summary>
/// Runs jobs of one kind by blocking, on a thread that the worker keeps for it (Python: a function given to
/// <c>run_in_executor</c>). Never runs on the silo's own threads.
/// </summary>
public interface IBlockingJobHandler : IJobKind
{
    /// <summary>
    /// Does the work and answers its value. A throw is the job's failure. A call that cannot look at its token runs to
    /// its end, and the worker stays taken until then.
    /// </summary>
    string? Run(Job job, CancellationToken cancellationToken);
}
