using Orleans;

namespace AsyncTour.Grains.Jobs;

/// <summary>What became of one job.</summary>
/// <param name="Index">The job's place in the run's input, from 0.</param>
/// <param name="Key">The job's key.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Value">What the handler answered; <c>null</c> unless it succeeded.</param>
/// <param name="Error">One sentence; <c>null</c> if it succeeded.</param>
/// <param name="Worker">The worker that ran it, from 0; -1 if none did.</param>
/// <param name="Silo">The silo that worker lived on; <c>null</c> if none.</param>
/// <param name="Attempt">Which attempt this is the end of, from 1; 0 if it never started.</param>
/// <param name="Started">When the handler was called, by the worker's clock; default if it never was.</param>
/// <param name="Finished">When the handler had stopped, by the worker's clock; default if it never started.</param>
/// <param name="HeldBy">The limit that held its start back (<c>rate 50/s</c>, <c>per-key 2 (example.org)</c>); <c>null</c> if none did.</param>
[GenerateSerializer, Immutable, Alias("asynctour.Outcome")]
public sealed record Outcome(
    [property: Id(0)] int Index,
    [property: Id(1)] string Key,
    [property: Id(2)] JobStatus Status,
    [property: Id(3)] string? Value,
    [property: Id(4)] string? Error,
    [property: Id(5)] int Worker,
    [property: Id(6)] string? Silo,
    [property: Id(7)] int Attempt,
    [property: Id(8)] DateTimeOffset Started,
    [property: Id(9)] DateTimeOffset Finished,
    [property: Id(10)] string? HeldBy = null)
{
    /// <summary>How long the handler ran; zero if it never did.</summary>
    public TimeSpan Duration => Finished - Started;

    /// <summary>The outcome of a job that was stopped, alone, before any worker was given it.</summary>
    internal static Outcome StoppedBeforeStart(Job job, string reason, DateTimeOffset at) =>
        NeverStarted(job, "stopped before it started: " + reason) with { Status = JobStatus.Cancelled, Started = at, Finished = at };

    /// <summary>The outcome of a job that no worker was given.</summary>
    public static Outcome NeverStarted(Job job, string reason) =>
        new(job.Index, job.Key, JobStatus.NotStarted, null, reason, -1, null, 0, default, default);
}
