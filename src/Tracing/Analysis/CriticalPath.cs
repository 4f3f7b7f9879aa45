namespace AsyncTour.Tracing.Analysis;

/// <summary>
/// The chain of jobs that made the run as long as it was. It is walked backwards from the job that finished last: before
/// each job comes whatever it had to wait for, which is the job that held its worker before it, or its own earlier attempt,
/// whichever ended later. Shortening any job on it shortens the run; shortening another does not.
/// </summary>
/// <param name="Steps">First to last.</param>
/// <param name="Busy">Time in which a job of the path ran.</param>
/// <param name="Wall">The run's wall; what is not busy was waiting or overhead between the steps.</param>
public sealed record CriticalPath(IReadOnlyList<CriticalPath.Step> Steps, TimeSpan Busy, TimeSpan Wall)
{
    /// <param name="Gap">Time between the step before (or the run's start) and this job's start.</param>
    public sealed record Step(JobBar Job, TimeSpan Gap);

    public static CriticalPath Of(RunTimeline run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.Jobs.Count == 0)
            return new CriticalPath([], TimeSpan.Zero, run.Wall);

        var before = Predecessors(run);
        var steps = new List<Step>();
        for (var job = run.Jobs.MaxBy(static j => j.Finish); job is not null;)
        {
            var previous = before.GetValueOrDefault(job);
            steps.Add(new Step(job, job.Start - (previous?.Finish ?? TimeSpan.Zero)));
            job = previous;
        }

        steps.Reverse();
        return new CriticalPath(steps, new TimeSpan(steps.Sum(static s => s.Job.Duration.Ticks)), run.Wall);
    }

    private static Dictionary<JobBar, JobBar> Predecessors(RunTimeline run)
    {
        var before = new Dictionary<JobBar, JobBar>(ReferenceEqualityComparer.Instance);
        var lastOnWorker = new Dictionary<int, JobBar>();
        var lastOfJob = new Dictionary<int, JobBar>();
        foreach (var job in run.Jobs)
        {
            var onWorker = Ended(lastOnWorker.GetValueOrDefault(job.Worker), job);
            var ofJob = Ended(lastOfJob.GetValueOrDefault(job.Index), job);
            if (Later(onWorker, ofJob) is { } previous)
                before[job] = previous;
            lastOnWorker[job.Worker] = job;
            lastOfJob[job.Index] = job;
        }

        return before;
    }

    private static JobBar? Ended(JobBar? candidate, JobBar start) => candidate?.Finish <= start.Start ? candidate : null;

    private static JobBar? Later(JobBar? a, JobBar? b) => a is null || b?.Finish > a.Finish ? b ?? a : a;
}
