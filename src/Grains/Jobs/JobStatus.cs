using Orleans;

namespace AsyncTour.Grains.Jobs;

/// <summary>What became of one job. Every job of a run is in exactly one of these at every moment.</summary>
[GenerateSerializer, Alias("asynctour.JobStatus")]
public enum JobStatus
{
    /// <summary>Taken into the run, handed to no worker.</summary>
    NotStarted,

    /// <summary>On a worker. A cancelled or timed-out job stays here until its worker says that it has stopped.</summary>
    Running,

    /// <summary>Ended with a value.</summary>
    Succeeded,

    /// <summary>Ended with an error.</summary>
    Failed,

    /// <summary>Stopped because the run was cancelled, or because its error policy or its goal said enough.</summary>
    Cancelled,

    /// <summary>Stopped by the job's timeout or by the run's.</summary>
    TimedOut,

    /// <summary>Its silo died: whether it ran is not known, and it was not run again.</summary>
    Unknown,
}

/// <summary>The words for a status, as JSON, spans and the console write them.</summary>
public static class JobStatusText
{
    /// <summary>The word for a status: <c>succeeded</c>, <c>timed-out</c>, <c>not-started</c>, …</summary>
    public static string ToText(this JobStatus status) => status switch
    {
        JobStatus.NotStarted => "not-started",
        JobStatus.Running => "running",
        JobStatus.Succeeded => "succeeded",
        JobStatus.Failed => "failed",
        JobStatus.Cancelled => "cancelled",
        JobStatus.TimedOut => "timed-out",
        JobStatus.Unknown => "unknown",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "not a job status"),
    };
}
