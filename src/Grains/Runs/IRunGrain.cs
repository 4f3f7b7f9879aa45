using System.Collections.Immutable;
using AsyncTour.Grains.Jobs;
using Orleans;
using Orleans.Concurrency;

namespace AsyncTour.Grains.Runs;

/// <summary>
/// The coordinator: one grain per run, keyed by the run's id. It feeds jobs to workers by a strategy and keeps the
/// ledger. No call lasts long, whatever the jobs do: input is appended in batches, outcomes are read by cursor.
/// </summary>
[Alias("asynctour.IRunGrain")]
public interface IRunGrain : IGrainWithStringKey
{
    /// <summary>What <see cref="Append"/> answers when the run has ended, is stopping, or took its feeder for lost: the rest of the input is not wanted.</summary>
    public const int WantsNoMore = -1;

    /// <summary>
    /// Starts the run, with the first of its jobs. Asked again for a run that has started, answers its status and
    /// changes nothing.
    /// </summary>
    /// <param name="spec">How the run treats its jobs.</param>
    /// <param name="jobs">The first jobs of the input; at most <see cref="RunLimits.LargestBatch"/>.</param>
    /// <param name="isSealed">Whether these are all the jobs.</param>
    /// <exception cref="RefusedException">The specification or a job cannot be run; nothing was started.</exception>
    [Alias("Start")]
    Task<RunStatus> Start(RunSpec spec, ImmutableArray<Job> jobs, bool isSealed);

    /// <summary>
    /// Adds jobs to the input. Answers how many jobs the run has taken in all, which may be fewer than offered: the
    /// buffer is bounded, and when it is full the call waits up to <paramref name="wait"/> for room. Jobs that the run
    /// already has are passed over, so a batch may be offered twice. <see cref="WantsNoMore"/> when the run has stopped. An
    /// append without jobs only says that more may come: it renews <see cref="RunSpec.InputLease"/>.
    /// </summary>
    /// <param name="jobs">Consecutive jobs, from an index that is not beyond what the run has.</param>
    /// <param name="wait">At most <see cref="RunLimits.LongestWait"/>.</param>
    /// <exception cref="RefusedException">A job cannot be run, or the input has been sealed; none of these was taken.</exception>
    [Alias("Append")]
    Task<int> Append(ImmutableArray<Job> jobs, TimeSpan wait);

    /// <summary>Says that there are no more jobs. Sealing twice changes nothing.</summary>
    [Alias("Seal")]
    Task Seal();

    /// <summary>Outcomes from a cursor on, waiting up to <paramref name="wait"/> for the first of them.</summary>
    /// <param name="cursor">0, or the last page's <see cref="OutcomePage.Next"/>.</param>
    /// <param name="max">Most outcomes on the page, at most <see cref="RunLimits.LargestBatch"/>.</param>
    /// <param name="wait">At most <see cref="RunLimits.LongestWait"/>.</param>
    [AlwaysInterleave, Alias("Read")]
    Task<OutcomePage> Read(int cursor, int max, TimeSpan wait);

    /// <summary>Where the run is; <c>null</c> if it never started.</summary>
    [AlwaysInterleave, Alias("Status")]
    Task<RunStatus?> Status();

    /// <summary>
    /// Stops the run: no further job starts, running ones are told to stop. Answers at once, with the run stopping; it
    /// has ended when every running job has stopped. Cancelling a run that has ended changes nothing.
    /// </summary>
    /// <param name="reason">One sentence, kept in the status.</param>
    [AlwaysInterleave, Alias("Cancel")]
    Task<RunStatus?> Cancel(string reason);

    /// <summary>One job, once it has ended or after <paramref name="wait"/>, whichever comes first.</summary>
    /// <param name="index">The job's place in the input, from 0.</param>
    /// <param name="wait">At most <see cref="RunLimits.LongestWait"/>.</param>
    /// <exception cref="RefusedException">There is no such run, or it has no such job.</exception>
    [AlwaysInterleave, Alias("Look")]
    Task<JobLook> Look(int index, TimeSpan wait);

    /// <summary>
    /// Stops one job, then looks: at its end, once it has stopped, or at a job still stopping after
    /// <paramref name="wait"/>. The others go on. A job that has ended stays as it is.
    /// </summary>
    /// <param name="index">The job's place in the input, from 0.</param>
    /// <param name="reason">One sentence, kept in the outcome.</param>
    /// <param name="wait">At most <see cref="RunLimits.LongestWait"/>.</param>
    /// <exception cref="RefusedException">There is no such run, or it has no such job.</exception>
    [AlwaysInterleave, Alias("CancelJob")]
    Task<JobLook> CancelJob(int index, string reason, TimeSpan wait);
}

/// <summary>The bounds of one call to a run.</summary>
public static class RunLimits
{
    /// <summary>Most jobs in one batch and most outcomes on one page.</summary>
    public const int LargestBatch = 2_000;

    /// <summary>Longest a call waits for news: well below the response timeout of 30 s.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
}
