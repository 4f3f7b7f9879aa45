using AsyncTour.Tracing.Reading;

namespace AsyncTour.Tracing.Analysis;

/// <summary>What a trace may have done wrong.</summary>
public enum BreachKind
{
    /// <summary>More jobs ran at one instant than the run allowed.</summary>
    BoundExceeded,

    /// <summary>One worker ran two jobs at one instant.</summary>
    WorkerShared,

    /// <summary>A submitted job has no outcome, or more jobs are missing than the run says it never started.</summary>
    OutcomeMissing,

    /// <summary>A job has two outcomes.</summary>
    OutcomeRepeated,

    /// <summary>A span between a job and its run is missing, or the run's own.</summary>
    ParentMissing,

    /// <summary>A span ends before it starts, or lacks an attribute that the conventions ask for.</summary>
    SpanMalformed,
}

/// <summary>One thing that is wrong.</summary>
/// <param name="At">The instant, since the run's start; null when the breach has none.</param>
/// <param name="Jobs">The indices of the jobs at fault, in order; at most <see cref="Audit.MostJobsNamed"/>.</param>
/// <param name="Sentence">What is wrong, for people: it names the instant and the jobs.</param>
public sealed record Breach(BreachKind Kind, string RunId, TimeSpan? At, IReadOnlyList<int> Jobs, string Sentence);

/// <summary>How an audit is done.</summary>
public sealed record AuditOptions
{
    /// <summary>Holds the run to this bound instead of the one on its own span; needed when that span is missing.</summary>
    public int? MaxWorkers { get; init; }

    /// <summary>
    /// How far the clocks of two silos may be apart: jobs that overlap by no more than this are not held against the run.
    /// Default: zero, which is right for one machine.
    /// </summary>
    public TimeSpan ClockTolerance { get; init; }
}

/// <summary>What was checked of one run.</summary>
public sealed record RunAudit(string RunId, string Strategy, int? MaxWorkers, int? Submitted, int Attempts, int PeakConcurrency);

/// <summary>
/// Checks the claims of a run from the spans of its workers alone: never more at once than allowed, one job at a time on
/// each worker, exactly one outcome for each submitted job, and every job's line of parents whole up to its run.
/// </summary>
public sealed record Audit(string TraceId, IReadOnlyList<RunAudit> Runs, IReadOnlyList<Breach> Breaches)
{
    /// <summary>A breach names at most so many jobs; its sentence says how many more there are.</summary>
    public const int MostJobsNamed = 20;

    /// <summary>An audit spells out so many breaches of each kind and counts the rest.</summary>
    public const int MostBreachesOfAKind = 50;

    public bool Passed => Breaches.Count == 0;

    /// <exception cref="TraceUnreadableException">The trace holds neither a run nor a job, so there is nothing to check.</exception>
    public static Audit Of(Trace trace, AuditOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(trace);
        var runs = RunSpans.Of(trace);
        if (runs.Count == 0)
            throw new TraceUnreadableException($"The trace {trace.ShortId} holds {trace.Spans.Count} spans, but neither a run nor a job: there is nothing to audit.");
        var audits = runs.Select(r => new RunAuditor(r, options ?? new AuditOptions())).ToList();
        return new Audit(trace.TraceId, [.. audits.Select(static a => a.Check())], [.. audits.SelectMany(static a => a.Breaches)]);
    }
}
