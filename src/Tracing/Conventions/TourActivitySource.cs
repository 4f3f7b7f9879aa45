using System.Diagnostics;

namespace AsyncTour.Tracing.Conventions;

/// <summary>
/// Opens the two spans of this project, <c>run {strategy}</c> and <c>job {kind}</c>, with their attributes already on.
/// Each answers null when nobody records, and then costs next to nothing.
/// </summary>
/// <remarks>
/// Start times may be passed in, because under virtual time the clock of a span is not the machine's. Leave them out
/// under real time: the span then begins now.
/// </remarks>
public static class TourActivitySource
{
    internal static readonly ActivitySource Source = new(SourceNames.Tour, typeof(TourActivitySource).Assembly.GetName().Version?.ToString(3));

    /// <summary>Whether anybody records spans of this project at all.</summary>
    public static bool IsRecorded => Source.HasListeners();

    /// <summary>Opens the span of a run; the coordinator disposes it when the last job has its outcome.</summary>
    /// <param name="jobs">How many jobs are submitted, or null while a streamed input is still open: set it before the span ends.</param>
    public static Activity? StartRun(string strategy, string runId, int maxWorkers, int? jobs, DateTimeOffset start = default)
    {
        if (!Source.HasListeners())
            return null;

        var activity = Source.StartActivity(SpanNames.Run(strategy), ActivityKind.Internal, default(ActivityContext), startTime: start);
        activity?.SetTag(AttributeNames.RunId, runId);
        activity?.SetTag(AttributeNames.RunStrategy, strategy);
        activity?.SetTag(AttributeNames.RunMaxWorkers, maxWorkers);
        if (jobs is { } known)
            activity?.SetTag(AttributeNames.RunJobs, known);
        return activity;
    }

    /// <summary>Opens the span of one attempt at a job; the worker ends it with <see cref="EndJob"/>.</summary>
    public static Activity? StartJob(in JobSpan job, DateTimeOffset start = default)
    {
        if (!Source.HasListeners())
            return null;

        var activity = Source.StartActivity(SpanNames.Job(job.Kind), ActivityKind.Internal, default(ActivityContext), startTime: start);
        if (activity is null)
            return null;

        // Added rather than set: setting looks for the key among all that are there.
        activity.AddTag(AttributeNames.RunId, job.RunId);
        activity.AddTag(AttributeNames.JobIndex, Boxed.Of(job.Index));
        if (job.Key is not null)
            activity.AddTag(AttributeNames.JobKey, job.Key);
        activity.AddTag(AttributeNames.JobWorker, Boxed.Of(job.Worker));
        activity.AddTag(AttributeNames.JobAttempt, Boxed.Of(job.Attempt));
        activity.AddTag(AttributeNames.Silo, job.Silo);
        if (job.Queued is { } queued)
            activity.AddTag(AttributeNames.JobQueued, queued.TotalSeconds);
        if (job.Warmup)
            activity.AddTag(AttributeNames.JobWarmup, Boxed.True);
        return activity;
    }

    /// <summary>Ends a job's span: its status, and what went wrong where something did.</summary>
    /// <param name="status">One of <see cref="JobStatusNames"/>.</param>
    /// <param name="end">When it ended; left out, now.</param>
    public static void EndJob(Activity? activity, string status, Exception? error = null, DateTimeOffset end = default)
    {
        if (activity is null)
            return;

        activity.AddTag(AttributeNames.JobStatus, status);
        if (error is not null)
        {
            activity.SetTag(AttributeNames.ErrorType, error.GetType().FullName);
            activity.SetStatus(ActivityStatusCode.Error, error.Message);
        }
        else if (status != JobStatusNames.Succeeded)
        {
            activity.SetStatus(ActivityStatusCode.Error, status);
        }

        if (end != default)
            activity.SetEndTime(end.UtcDateTime);
        activity.Dispose();
    }

    /// <summary>Notes on a run's span that workers stood idle from <paramref name="from"/> to <paramref name="to"/>, and why.</summary>
    /// <param name="cause">One of <see cref="WaitCauses"/>.</param>
    /// <param name="worker">Whose wait it was; null when it held for every idle worker.</param>
    public static void RecordWait(Activity? run, string cause, DateTimeOffset from, DateTimeOffset to, int? worker = null)
    {
        if (run is null || to <= from)
            return;

        var tags = new ActivityTagsCollection
        {
            [AttributeNames.WaitCause] = cause,
            [AttributeNames.WaitSeconds] = (to - from).TotalSeconds,
        };
        if (worker is { } number)
            tags[AttributeNames.WaitWorker] = number;
        run.AddEvent(new ActivityEvent(EventNames.Wait, to, tags));
    }

    /// <summary>Notes on a run's span that no further job is handed out.</summary>
    public static void RecordDraining(Activity? run, DateTimeOffset at) => run?.AddEvent(new ActivityEvent(EventNames.Draining, at));
}
