using System.Globalization;
using AsyncTour.Tracing.Conventions;
using AsyncTour.Tracing.Reading;

namespace AsyncTour.Tracing.Analysis;

/// <summary>Audits one run. Each check looks at the spans by itself, so one breach does not hide another.</summary>
internal sealed class RunAuditor(RunSpans run, AuditOptions options)
{
    private readonly RunTimeline _timeline = run.ToTimeline();
    private readonly List<Breach> _breaches = [];
    private readonly Dictionary<BreachKind, int> _counts = [];

    public IReadOnlyList<Breach> Breaches => _breaches;

    public RunAudit Check()
    {
        var bound = options.MaxWorkers ?? (int?)run.Run?.Integer(AttributeNames.RunMaxWorkers);
        CheckRunSpan(bound);
        CheckSpans();
        if (bound is { } most)
            CheckBound(most);
        CheckWorkers();
        CheckOutcomes();
        CheckParents();
        SayHowManyMore();
        return new RunAudit(run.RunId, _timeline.Strategy, bound, _timeline.Submitted, _timeline.Jobs.Count, _timeline.PeakConcurrency);
    }

    private void CheckRunSpan(int? bound)
    {
        if (run.Run is null)
            Add(BreachKind.ParentMissing, null, [], "its own span is missing: it still runs, or its coordinator died before it ended");
        if (bound is null)
            Add(BreachKind.SpanMalformed, null, [], $"nothing says how many jobs may run at once ({AttributeNames.RunMaxWorkers}); name it with --max-workers");
        else if (bound < 1)
            Add(BreachKind.SpanMalformed, null, [], $"its bound is {bound}; the least that makes sense is 1");
    }

    private void CheckSpans()
    {
        foreach (var job in Measured())
        {
            string[] asked = [AttributeNames.JobIndex, AttributeNames.JobWorker, AttributeNames.JobAttempt, AttributeNames.JobStatus];
            var missing = asked.Where(name => job.Attributes.Value(name) is null).ToList();
            var index = (int)(job.Integer(AttributeNames.JobIndex) ?? -1);
            if (missing.Count > 0)
                Add(BreachKind.SpanMalformed, null, index < 0 ? [] : [index], $"the span {job.SpanId} of a job lacks {string.Join(" and ", missing)}");
            if (job.EndNanos < job.StartNanos)
                Add(BreachKind.SpanMalformed, Since(job.StartNanos), [index], $"job {index} ends before it starts (span {job.SpanId})");
        }
    }

    /// <summary>One breach for each stretch of time above the bound, at the instant where it begins.</summary>
    private void CheckBound(int most)
    {
        var shortened = _timeline.Jobs.Select(j => j with { Finish = j.Finish - options.ClockTolerance }).ToList();
        var above = false;
        foreach (var step in Concurrency.Over(shortened))
        {
            if (step.Running > most && !above && _counts.GetValueOrDefault(BreachKind.BoundExceeded) >= Audit.MostBreachesOfAKind)
            {
                Add(BreachKind.BoundExceeded, step.At, [], "");
            }
            else if (step.Running > most && !above)
            {
                var running = shortened.Where(j => j.Start <= step.At && step.At < j.Finish).Select(static j => j.Index).Order().ToList();
                Add(BreachKind.BoundExceeded, step.At, running, $"{step.Running} jobs ran at once where {most} may: {Named(running)}");
            }

            above = step.Running > most;
        }
    }

    private void CheckWorkers()
    {
        foreach (var row in _timeline.Workers)
        {
            JobBar? longest = null;
            foreach (var job in row.Jobs)
            {
                if (longest is not null && job.Start < longest.Finish - options.ClockTolerance)
                    Add(BreachKind.WorkerShared, job.Start, [longest.Index, job.Index], $"worker {row.Worker} began job {job.Index} while it still ran job {longest.Index}");
                if (longest is null || job.Finish > longest.Finish)
                    longest = job;
            }
        }
    }

    private void CheckOutcomes()
    {
        foreach (var job in _timeline.Jobs.GroupBy(static j => j.Index).OrderBy(static g => g.Key))
            CheckAttempts(job.Key, [.. job.OrderBy(j => TraceOrder(j.TraceId)).ThenBy(static j => j.Attempt).ThenBy(static j => j.Start)]);
        if (_timeline.Submitted is { } submitted)
            CheckCount(submitted);
    }

    // Earlier traces by their order, and the run's own trace after them.
    private int TraceOrder(string traceId) => run.Trace.EarlierTraces.TakeWhile(t => t != traceId).Count();

    private void CheckAttempts(int index, List<JobBar> attempts)
    {
        foreach (var (first, second) in attempts.Zip(attempts.Skip(1)))
        {
            // The coordinator that crashed in between took with it what it had not written down: the job ran again, by rights.
            if (first.TraceId != second.TraceId)
                continue;
            if (first.Attempt == second.Attempt)
                Add(BreachKind.OutcomeRepeated, second.Start, [index], $"job {index} has two outcomes for its attempt {first.Attempt}: {first.Status} and {second.Status}");
            else if (first.Status == JobStatusNames.Succeeded)
                Add(BreachKind.OutcomeRepeated, second.Start, [index], $"job {index} had succeeded, and ran again as attempt {second.Attempt}");
        }

        if (attempts[^1].Status is { Length: > 0 } status && !JobStatusNames.All.Contains(status, StringComparer.Ordinal))
            Add(BreachKind.OutcomeMissing, attempts[^1].Finish, [index], $"job {index} ended as '{status}', which is no outcome");
    }

    /// <summary>Jobs that never started, or of which a dead silo took the span along, are missing with the run's own leave.</summary>
    private void CheckCount(int submitted)
    {
        var seen = _timeline.Jobs.Select(static j => j.Index).ToHashSet();
        var foreign = seen.Where(i => i < 0 || i >= submitted).Order().ToList();
        if (foreign.Count > 0)
            Add(BreachKind.OutcomeRepeated, null, foreign, $"{submitted} jobs were submitted, yet there are outcomes of {Named(foreign)}");

        var missing = Enumerable.Range(0, submitted).Where(i => !seen.Contains(i)).ToList();
        var never = (int)(run.Run?.Integer(AttributeNames.RunNotStarted) ?? 0);
        var unknown = (int)(run.Run?.Integer(AttributeNames.RunUnknown) ?? 0);
        var earlier = (int)(run.Run?.Integer(AttributeNames.RunEarlier) ?? 0);
        if (missing.Count > never + unknown + earlier)
        {
            Add(
                BreachKind.OutcomeMissing,
                null,
                missing,
                $"{missing.Count} of {submitted} submitted jobs have no outcome, and the run says {never + unknown} never started or are unknown{(earlier > 0 ? $" and {earlier} ended in an earlier trace" : "")}: {Named(missing)}");
        }
        else if (missing.Count < never)
        {
            Add(BreachKind.OutcomeRepeated, null, [], $"the run says {never} jobs never started, yet only {missing.Count} have no outcome");
        }
    }

    private void CheckParents()
    {
        var ids = run.Trace.Spans.Select(static s => s.SpanId).ToHashSet(StringComparer.Ordinal);
        var byId = run.Trace.Spans.ToLookup(static s => s.SpanId, StringComparer.Ordinal);
        foreach (var job in Measured())
        {
            var span = job;
            for (var steps = 0; steps < 64 && span.ParentSpanId is { } parent && ids.Contains(parent) && !RunSpans.IsRun(span); steps++)
                span = byId[parent].First();
            if (RunSpans.IsRun(span) || (run.Run is null && span.ParentSpanId is null))
                continue;
            if (run.Trace.EarlierTraces.Contains(span.TraceId, StringComparer.OrdinalIgnoreCase) && job.Text(AttributeNames.RunId) == run.RunId)
                continue; // The run's span of that trace died with its coordinator, and the job says itself where it belongs.
            var index = (int)(job.Integer(AttributeNames.JobIndex) ?? -1);
            var what = span.ParentSpanId is { } lost ? $"the span {lost} above '{span.Name}' is missing" : $"its line of parents ends at '{span.Name}'";
            Add(BreachKind.ParentMissing, Since(job.StartNanos), [index], $"job {index} does not lead up to its run: {what}");
        }
    }

    private IEnumerable<SpanRecord> Measured() => run.Jobs.Where(static j => !j.Flag(AttributeNames.JobWarmup));

    private TimeSpan Since(long nanos) => UnixTime.At(nanos) - _timeline.Start;

    private static string Named(List<int> jobs)
    {
        var named = string.Join(", ", jobs.Take(Audit.MostJobsNamed));
        var more = jobs.Count - Audit.MostJobsNamed;
        return (jobs.Count == 1 ? "job " : "jobs ") + named + (more > 0 ? $" and {more} more" : "");
    }

    private void Add(BreachKind kind, TimeSpan? at, IReadOnlyList<int> jobs, string sentence)
    {
        var soFar = _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
        if (soFar > Audit.MostBreachesOfAKind)
            return;
        var when = at is { } instant ? string.Create(CultureInfo.InvariantCulture, $"at {instant.TotalSeconds:0.000000} s ") : "";
        _breaches.Add(new Breach(kind, run.RunId, at, [.. jobs.Take(Audit.MostJobsNamed)], $"run {run.RunId}: {when}{sentence}"));
    }

    /// <summary>A file broken from end to end has as many breaches as spans; beyond a number, counting them says enough.</summary>
    private void SayHowManyMore()
    {
        foreach (var (kind, count) in _counts.OrderBy(static c => c.Key))
        {
            if (count > Audit.MostBreachesOfAKind)
                _breaches.Add(new Breach(kind, run.RunId, null, [], $"run {run.RunId}: and {count - Audit.MostBreachesOfAKind} more of the kind {kind}"));
        }
    }
}
