using AsyncTour.Grains.Jobs;
using Orleans;

namespace AsyncTour.Grains.Runs;

/// <summary>
/// Where the jobs of a run are: submitted = succeeded + failed + cancelled + timed out + unknown + not started + running,
/// at every moment. Jobs only move between the counts; a move that would break the sum throws.
/// </summary>
[GenerateSerializer, Alias("asynctour.Ledger")]
public record struct Ledger(
    [property: Id(0)] int Submitted,
    [property: Id(1)] int Succeeded,
    [property: Id(2)] int Failed,
    [property: Id(3)] int Cancelled,
    [property: Id(4)] int TimedOut,
    [property: Id(5)] int Unknown,
    [property: Id(6)] int NotStarted,
    [property: Id(7)] int Running)
{
    /// <summary>Jobs that have ended, however they did.</summary>
    public readonly int Ended => Succeeded + Failed + Cancelled + TimedOut + Unknown;

    /// <summary>Whether every job submitted succeeded.</summary>
    public readonly bool AllSucceeded => Succeeded == Submitted;

    /// <summary>Whether the sum holds and no count is negative.</summary>
    public readonly bool Balances =>
        Submitted == Ended + NotStarted + Running
        && (Succeeded | Failed | Cancelled | TimedOut | Unknown | NotStarted | Running) >= 0;

    /// <summary>Takes jobs into the run; they have not started.</summary>
    public void Submit(int jobs)
    {
        Submitted += jobs;
        NotStarted += jobs;
        Check();
    }

    /// <summary>Moves one job from not started to running.</summary>
    public void Start()
    {
        NotStarted--;
        Running++;
        Check();
    }

    /// <summary>Moves one job from running to how it ended.</summary>
    public void Finish(JobStatus status)
    {
        Running--;
        switch (status)
        {
            case JobStatus.Succeeded: Succeeded++; break;
            case JobStatus.Failed: Failed++; break;
            case JobStatus.Cancelled: Cancelled++; break;
            case JobStatus.TimedOut: TimedOut++; break;
            case JobStatus.Unknown: Unknown++; break;
            default: throw new InvalidOperationException($"A job cannot finish as {status.ToText()}.");
        }

        Check();
    }

    /// <summary>Counts a job that ended before this coordinator took the run up.</summary>
    public void Recount(JobStatus status)
    {
        if (status != JobStatus.NotStarted)
        {
            Start();
            Finish(status);
        }
    }

    private readonly void Check()
    {
        if (!Balances)
        {
            throw new InvalidOperationException($"The ledger does not balance, which is a bug in the coordinator: {this}");
        }
    }
}
