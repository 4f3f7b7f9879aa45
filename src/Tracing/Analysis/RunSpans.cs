using AsyncTour.Tracing.Conventions;
using AsyncTour.Tracing.Reading;

namespace AsyncTour.Tracing.Analysis;

/// <summary>
/// The spans of one run, picked out of a trace: a job belongs to the nearest run above it. The engine's call spans lie
/// between the two; where one of those is missing, the run's id on the job tells.
/// </summary>
internal sealed record RunSpans(Trace Trace, SpanRecord? Run, string RunId, IReadOnlyList<SpanRecord> Jobs)
{
    public static List<RunSpans> Of(Trace trace)
    {
        var byId = new Dictionary<string, SpanRecord>(trace.Spans.Count, StringComparer.Ordinal);
        foreach (var span in trace.Spans)
            byId[span.SpanId] = span;

        var runs = trace.Spans.Where(IsRun).ToList();
        var jobs = trace.Spans.Where(IsJob).ToLookup(job => RunIdOf(job, byId, runs), StringComparer.Ordinal);
        var headless = jobs.Select(static g => g.Key).Where(id => !runs.Exists(r => IdOf(r) == id));
        return
        [
            .. runs
                .GroupBy(IdOf, StringComparer.Ordinal)
                .Select(static same => same.MaxBy(static r => r.EndNanos)!) // A coordinator that was taken for dead may have ended its span too.
                .Select(run => new RunSpans(trace, run, IdOf(run), [.. jobs[IdOf(run)]])),
            .. headless.Select(id => new RunSpans(trace, null, id, [.. jobs[id]])),
        ];
    }

    public static bool IsRun(SpanRecord span) =>
        span.Scope == SourceNames.Tour && span.Name.StartsWith(SpanNames.RunPrefix, StringComparison.Ordinal);

    public static bool IsJob(SpanRecord span) =>
        span.Scope == SourceNames.Tour && span.Name.StartsWith(SpanNames.JobPrefix, StringComparison.Ordinal);

    public RunTimeline ToTimeline()
    {
        var measured = Jobs.Where(static j => !j.Flag(AttributeNames.JobWarmup)).ToList();
        var begin = Begin(measured);
        return new RunFacts
        {
            TraceId = Trace.TraceId,
            EarlierTraces = Trace.EarlierTraces,
            RunId = RunId,
            Strategy = Run?.Text(AttributeNames.RunStrategy) ?? "",
            MaxWorkers = (int?)Run?.Integer(AttributeNames.RunMaxWorkers),
            Submitted = (int?)Run?.Integer(AttributeNames.RunJobs),
            IsComplete = Run is not null,
            Start = UnixTime.At(begin),
            Wall = UnixTime.Between(begin, Run?.EndNanos ?? measured.Select(static j => j.EndNanos).DefaultIfEmpty(begin).Max()),
            Waits = Run is null ? [] : [.. Run.Events.Where(static e => e.Name == EventNames.Wait).Select(e => WaitOf(e, begin))],
            DrainingFrom = Run?.Events.Where(static e => e.Name == EventNames.Draining).Select(e => (TimeSpan?)UnixTime.Between(begin, e.TimeNanos)).FirstOrDefault(),
            SkippedLines = Trace.SkippedLines,
        }.WithJobs(measured.Select(j => Bar(j, begin)));
    }

    /// <summary>The run's start; where the path was warmed up inside the run, the end of that.</summary>
    private long Begin(List<SpanRecord> measured)
    {
        var warm = Jobs.Where(static j => j.Flag(AttributeNames.JobWarmup)).Select(static j => j.EndNanos).DefaultIfEmpty(0).Max();
        var first = measured.Select(static j => j.StartNanos).DefaultIfEmpty(Run?.StartNanos ?? warm).Min();
        return Run is null ? first : Math.Min(first, Math.Max(Run.StartNanos, warm));
    }

    private static JobBar Bar(SpanRecord job, long begin)
    {
        var start = UnixTime.Between(begin, job.StartNanos);
        var finish = UnixTime.Between(begin, job.EndNanos);
        return new JobBar
        {
            TraceId = job.TraceId,
            Index = (int)(job.Integer(AttributeNames.JobIndex) ?? -1),
            Worker = (int)(job.Integer(AttributeNames.JobWorker) ?? -1),
            Attempt = (int)(job.Integer(AttributeNames.JobAttempt) ?? 1),
            Status = job.Text(AttributeNames.JobStatus) ?? "",
            Start = start,
            Finish = finish < start ? start : finish,
            Kind = job.Name[SpanNames.JobPrefix.Length..],
            Key = job.Text(AttributeNames.JobKey),
            Silo = job.Text(AttributeNames.Silo),
            Error = job.StatusMessage,
            Queued = job.Number(AttributeNames.JobQueued) is { } seconds && double.IsFinite(seconds) ? TimeSpan.FromSeconds(seconds) : start,
        };
    }

    private static Wait WaitOf(SpanEventRecord wait, long begin)
    {
        var to = UnixTime.Between(begin, wait.TimeNanos);
        var seconds = wait.Attributes.Value(AttributeNames.WaitSeconds) switch { double d => d, long l => l, _ => 0d };
        var worker = wait.Attributes.Value(AttributeNames.WaitWorker) as long?;
        return new Wait(wait.Attributes.Value(AttributeNames.WaitCause) as string ?? "", to - TimeSpan.FromSeconds(seconds), to, (int?)worker);
    }

    private static string IdOf(SpanRecord run) => run.Text(AttributeNames.RunId) ?? run.SpanId;

    private static string RunIdOf(SpanRecord job, Dictionary<string, SpanRecord> byId, List<SpanRecord> runs)
    {
        // A hand-made file may hold a circle of parents, so the walk is bounded.
        var above = job;
        for (var steps = 0; steps < 64 && above.ParentSpanId is { } parent && byId.TryGetValue(parent, out above!); steps++)
        {
            if (IsRun(above))
                return IdOf(above);
        }

        return job.Text(AttributeNames.RunId) ?? (runs.Count == 1 ? IdOf(runs[0]) : "");
    }
}
