namespace AsyncTour.Tracing.Conventions;

/// <summary>
/// Every attribute that this project puts on a span. They are a contract: other tools query them, so a change here is a
/// breaking change and the golden file in the tests says so.
/// </summary>
public static class AttributeNames
{
    /// <summary>The run's id, the key of its coordinator grain (string; on run spans and on job spans).</summary>
    public const string RunId = "asynctour.run.id";

    /// <summary><c>sequential</c>, <c>wait-all</c>, <c>pool</c>, <c>executor</c> or <c>first-completed</c> (string; on run spans).</summary>
    public const string RunStrategy = "asynctour.run.strategy";

    /// <summary>How many jobs may run at once (integer; on run spans). The audit holds the run to it.</summary>
    public const string RunMaxWorkers = "asynctour.run.max_workers";

    /// <summary>How many jobs were submitted, warm-up jobs not counted (integer; on run spans, final when the span ends).</summary>
    public const string RunJobs = "asynctour.run.jobs";

    /// <summary>Jobs that ended without ever starting, by the run's ledger (integer; on run spans). They have no job span.</summary>
    public const string RunNotStarted = "asynctour.run.not_started";

    /// <summary>Jobs whose outcome nobody knows because their silo died (integer; on run spans). They may have no job span.</summary>
    public const string RunUnknown = "asynctour.run.unknown";

    /// <summary>Jobs that had ended before this coordinator took the run up from its journal (integer; on run spans, missing when there are none). Their spans are in an earlier trace.</summary>
    public const string RunEarlier = "asynctour.run.earlier";

    /// <summary>The job's place in the input, from 0 (integer; on job spans).</summary>
    public const string JobIndex = "asynctour.job.index";

    /// <summary>The job's key (string; on job spans).</summary>
    public const string JobKey = "asynctour.job.key";

    /// <summary>The number of the worker that ran it, from 0 (integer; on job spans).</summary>
    public const string JobWorker = "asynctour.job.worker";

    /// <summary>Which attempt this was, from 1 (integer; on job spans).</summary>
    public const string JobAttempt = "asynctour.job.attempt";

    /// <summary>One of <see cref="JobStatusNames"/> (string; on job spans).</summary>
    public const string JobStatus = "asynctour.job.status";

    /// <summary>True on a job that only warmed the path up; every analysis leaves it out (boolean; on job spans).</summary>
    public const string JobWarmup = "asynctour.job.warmup";

    /// <summary>Seconds between the job's submission and its start (double; on job spans). Absent: counted from the run's start.</summary>
    public const string JobQueued = "asynctour.job.queued";

    /// <summary>The silo that ran the job (string; on job spans).</summary>
    public const string Silo = "asynctour.silo";

    /// <summary>OpenTelemetry's own name for the kind of an error: here the exception's type (string; on job spans that failed).</summary>
    public const string ErrorType = "error.type";

    /// <summary>Why a worker stood idle, one of <see cref="WaitCauses"/> (string; on <see cref="EventNames.Wait"/> events).</summary>
    public const string WaitCause = "asynctour.wait.cause";

    /// <summary>How long the wait lasted, in seconds; it ended at the event's own time (double; on wait events).</summary>
    public const string WaitSeconds = "asynctour.wait.seconds";

    /// <summary>The worker that waited (integer; on wait events). Absent: every idle worker waited.</summary>
    public const string WaitWorker = "asynctour.wait.worker";
}
