using System.Diagnostics.CodeAnalysis;
using AsyncTour.Grains.Jobs;

namespace AsyncTour.Grains.Runs.Partitions;

/// <summary>The run, as those see it who deal its jobs out: where jobs come from and what is to be told of them.</summary>
internal interface IPartitionedRun
{
    /// <summary>The order to stop; it has no reason while none was given.</summary>
    StopOrder Stopping { get; }

    /// <summary>Takes the next job if there is one now.</summary>
    /// <param name="dealt">The job.</param>
    /// <param name="place">Its place in the order in which jobs were dealt.</param>
    bool TryDeal([MaybeNullWhen(false)] out DealtJob dealt, out int place);

    /// <summary>Whether no more jobs are left than so many workers can begin at once.</summary>
    bool IsLastRound(long workers);

    /// <summary>Waits for a job; false when there will never be another.</summary>
    ValueTask<bool> WaitToDealAsync(CancellationToken cancellation);

    /// <summary>So many more jobs are running.</summary>
    void Began(int jobs);

    /// <summary>A job that was running has ended.</summary>
    void Ended(Outcome outcome, Job job, int place);

    /// <summary>A worker stood idle.</summary>
    void Relay(IdleNote note);

    /// <summary>Ends at once, or never once the run is left to another coordinator.</summary>
    Task StayAsync();
}
