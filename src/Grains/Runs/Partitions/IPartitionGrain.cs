using System.Collections.Immutable;
using AsyncTour.Grains.Jobs;
using Orleans;
using Orleans.Concurrency;

namespace AsyncTour.Grains.Runs.Partitions;

/// <summary>
/// Feeds one partition of a run's workers, keyed by run id and partition number. The run's coordinator deals jobs out to its
/// partitions in batches and reads outcomes back in pages, so what it has to do for a job no longer grows with the calls.
/// </summary>
/// <remarks>
/// A partition keeps nothing: the ledger, the log and the journal are the coordinator's. One whose silo died says that it
/// does not know its epoch any more, and is opened anew.
/// </remarks>
[Alias("asynctour.IPartitionGrain")]
public interface IPartitionGrain : IGrainWithStringKey
{
    /// <summary>
    /// Begins an epoch: what an earlier one had it do is stopped, and stopped when this answers. Opened again with the same
    /// epoch, it goes on.
    /// </summary>
    /// <returns>False when a later epoch has begun: another coordinator of the same run is at work.</returns>
    [Alias("Open")]
    Task<bool> Open(PartitionSpec spec);

    /// <summary>Gives it jobs, to be run in this order. Jobs that it has been given already are passed over, so a batch may be given twice.</summary>
    /// <param name="epoch">The epoch the jobs belong to; in any other they are not taken.</param>
    /// <param name="before">How many jobs were given in this epoch before these.</param>
    /// <param name="jobs">At most <see cref="RunLimits.LargestBatch"/>.</param>
    [Alias("Give")]
    Task Give(long epoch, int before, ImmutableArray<DealtJob> jobs);

    /// <summary>
    /// Outcomes from a cursor on, waiting up to <paramref name="wait"/> until reading them is worth a message. What lies
    /// before the cursor is forgotten.
    /// </summary>
    [AlwaysInterleave, Alias("Read")]
    Task<PartitionPage> Read(long epoch, int cursor, TimeSpan wait);

    /// <summary>Stops it: no further job starts, running ones are told to stop. Answers at once.</summary>
    [AlwaysInterleave, Alias("Stop")]
    Task Stop(long epoch, string reason, JobStatus stoppedAs);

    /// <summary>Stops one job, running or not. Answers at once; one that it does not have is left alone.</summary>
    [AlwaysInterleave, Alias("StopJob")]
    Task StopJob(long epoch, int index, string reason);

    /// <summary>Whether one of its workers is at this job.</summary>
    [AlwaysInterleave, Alias("IsRunning")]
    Task<bool> IsRunning(int index);

    /// <summary>Lets its workers go, and itself: the run is over.</summary>
    [Alias("Close")]
    Task Close(long epoch);
}

/// <summary>What a partition is told when it is opened.</summary>
/// <param name="Epoch">Later than any that an earlier coordinator of the run began.</param>
/// <param name="Run">How jobs are treated, with this partition's number of workers.</param>
/// <param name="Number">The partition's number, from 0. Its workers are those whose numbers leave this rest when divided by <paramref name="Of"/>.</param>
/// <param name="Of">How many partitions the run has.</param>
/// <param name="NotesWaits">Whether anybody wants to know why workers stood idle.</param>
/// <param name="IsWarmUp">Whether its jobs only warm the path up and are reported nowhere.</param>
[GenerateSerializer, Immutable, Alias("asynctour.PartitionSpec")]
public sealed record PartitionSpec(
    [property: Id(0)] long Epoch,
    [property: Id(1)] RunSpec Run,
    [property: Id(2)] int Number,
    [property: Id(3)] int Of,
    [property: Id(4)] bool NotesWaits,
    [property: Id(5)] bool IsWarmUp);

/// <summary>A job, dealt to a partition.</summary>
/// <param name="Job">The job.</param>
/// <param name="Attempt">Which attempt this is, from 1.</param>
/// <param name="Queued">How long it had waited when it was dealt; <c>null</c>: unknown.</param>
/// <param name="HeldBy">The limit that had held it back; <c>null</c> if none did.</param>
/// <param name="WaitCause">Why it came late, for the trace; <c>null</c> if it did not.</param>
[GenerateSerializer, Immutable, Alias("asynctour.DealtJob")]
public sealed record DealtJob(
    [property: Id(0)] Job Job,
    [property: Id(1)] int Attempt,
    [property: Id(2)] TimeSpan? Queued,
    [property: Id(3)] string? HeldBy,
    [property: Id(4)] string? WaitCause);

/// <summary>What became of a partition's jobs since the cursor.</summary>
/// <param name="IsKnown">False when it does not know the epoch: its silo died, or another coordinator has opened it.</param>
/// <param name="Outcomes">The outcomes, in the order in which the jobs ended.</param>
/// <param name="Running">How many jobs are running now.</param>
/// <param name="IsStopped">Whether it was stopped and nothing is running any more.</param>
/// <param name="Waits">Why its workers stood idle.</param>
[GenerateSerializer, Immutable, Alias("asynctour.PartitionPage")]
public sealed record PartitionPage(
    [property: Id(0)] bool IsKnown,
    [property: Id(1)] ImmutableArray<Outcome> Outcomes,
    [property: Id(2)] int Running,
    [property: Id(3)] bool IsStopped,
    [property: Id(4)] ImmutableArray<IdleNote> Waits);
