using System.Globalization;
using AsyncTour.Tracing.Analysis;
using AsyncTour.Tracing.Conventions;
using AsyncTour.Tracing.Reading;

namespace AsyncTour.Tracing.Tests.Analysis;

public sealed class AuditTests
{
    [Fact]
    public void A_sound_run_passes()
    {
        var audit = Audit.Of(HandMade.Run(maxWorkers: 2, jobs: 3, HandMade.Job(0, 0, 0, 10), HandMade.Job(1, 1, 0, 10), HandMade.Job(2, 0, 10, 20)));

        audit.Breaches.ShouldBeEmpty();
        audit.Runs.Single().PeakConcurrency.ShouldBe(2);
    }

    [Fact]
    public void A_broken_bound_is_named_with_its_instant_and_its_jobs()
    {
        var breach = Audit.Of(HandMade.Run(maxWorkers: 1, jobs: 2, HandMade.Job(0, 0, 0, 10), HandMade.Job(1, 1, 9, 20))).Breaches.ShouldHaveSingleItem();

        breach.Kind.ShouldBe(BreachKind.BoundExceeded);
        breach.At.ShouldBe(Bars.Ms(9));
        breach.Jobs.ShouldBe([0, 1]);
        breach.Sentence.ShouldBe("run r-1: at 0.009000 s 2 jobs ran at once where 1 may: jobs 0, 1");
    }

    [Fact]
    public void Clocks_that_differ_a_little_are_forgiven_when_asked()
    {
        var trace = HandMade.Run(maxWorkers: 1, jobs: 2, HandMade.Job(0, 0, 0, 10), HandMade.Job(1, 1, 9, 20));

        Audit.Of(trace, new AuditOptions { ClockTolerance = Bars.Ms(2) }).Passed.ShouldBeTrue();
    }

    [Fact]
    public void A_worker_that_ran_two_jobs_at_once_is_named() =>
        Kinds(HandMade.Run(maxWorkers: 2, jobs: 2, HandMade.Job(0, 0, 0, 10), HandMade.Job(1, 0, 5, 20))).ShouldBe([BreachKind.WorkerShared]);

    [Fact]
    public void A_job_without_an_outcome_is_named()
    {
        var breach = Audit.Of(HandMade.Run(maxWorkers: 2, jobs: 3, HandMade.Job(0, 0, 0, 10), HandMade.Job(2, 1, 0, 10))).Breaches.ShouldHaveSingleItem();

        breach.Kind.ShouldBe(BreachKind.OutcomeMissing);
        breach.Jobs.ShouldBe([1]);
    }

    [Fact]
    public void Jobs_that_the_run_says_never_started_need_no_span() =>
        Audit.Of(HandMade.Run(maxWorkers: 2, jobs: 3, notStarted: 2, HandMade.Job(0, 0, 0, 10))).Passed.ShouldBeTrue();

    [Fact]
    public void Two_outcomes_of_one_job_are_named() =>
        Kinds(HandMade.Run(maxWorkers: 2, jobs: 1, HandMade.Job(0, 0, 0, 10), HandMade.Job(0, 1, 20, 30))).ShouldBe([BreachKind.OutcomeRepeated]);

    [Fact]
    public void A_job_that_had_succeeded_must_not_run_again() =>
        Kinds(HandMade.Run(maxWorkers: 2, jobs: 1, HandMade.Job(0, 0, 0, 10), HandMade.Job(0, 1, 20, 30, attempt: 2))).ShouldBe([BreachKind.OutcomeRepeated]);

    [Fact]
    public void A_retry_after_a_failure_is_one_outcome() =>
        Kinds(HandMade.Run(maxWorkers: 2, jobs: 1, HandMade.Job(0, 0, 0, 10, JobStatusNames.Failed), HandMade.Job(0, 1, 20, 30, attempt: 2))).ShouldBeEmpty();

    [Fact]
    public void A_parent_that_is_not_there_is_named() =>
        Kinds(HandMade.Run(maxWorkers: 2, jobs: 1, HandMade.Job(0, 0, 0, 10) with { ParentSpanId = "00000000000000ff" })).ShouldBe([BreachKind.ParentMissing]);

    [Fact]
    public void A_missing_run_span_is_a_breach_and_the_bound_can_be_named()
    {
        var whole = HandMade.Run(maxWorkers: 1, jobs: 2, HandMade.Job(0, 0, 0, 10), HandMade.Job(1, 1, 5, 20));
        var headless = whole with { Spans = [.. whole.Spans.Where(static s => s.Name != "run pool")] };

        Kinds(headless).ShouldContain(BreachKind.ParentMissing);
        Audit.Of(headless, new AuditOptions { MaxWorkers = 1 }).Breaches.ShouldContain(static b => b.Kind == BreachKind.BoundExceeded);
    }

    [Fact]
    public void A_span_without_its_attributes_or_that_ends_before_it_starts_is_named()
    {
        Kinds(HandMade.Run(maxWorkers: 1, jobs: 1, HandMade.Job(0, 0, 10, 0))).ShouldContain(BreachKind.SpanMalformed);
        Kinds(HandMade.Run(maxWorkers: 1, jobs: 1, HandMade.Job(0, 0, 0, 10) with { Attributes = [] })).ShouldContain(BreachKind.SpanMalformed);
    }

    [Fact]
    public void A_thousand_breaches_of_a_kind_are_counted_rather_than_listed()
    {
        var audit = Audit.Of(HandMade.Run(maxWorkers: 1, jobs: 0, [.. Enumerable.Range(0, 1000).SelectMany(static i => new[] { HandMade.Job(2 * i, 0, 20 * i, (20 * i) + 10), HandMade.Job((2 * i) + 1, 1, 20 * i, (20 * i) + 10) })]));

        var bounds = audit.Breaches.Where(static b => b.Kind == BreachKind.BoundExceeded).ToList();
        bounds.Count.ShouldBe(Audit.MostBreachesOfAKind + 1);
        bounds[^1].Sentence.ShouldContain("950 more");
    }

    [Fact]
    public void There_is_nothing_to_audit_in_a_trace_without_a_run() =>
        Should.Throw<TraceUnreadableException>(static () => Audit.Of(new Trace(HandMade.TraceId, [], 0)));

    private static IEnumerable<BreachKind> Kinds(Trace trace) => Audit.Of(trace).Breaches.Select(static b => b.Kind);
}

/// <summary>Traces made span by span, so that they can be wrong in one way at a time.</summary>
internal static class HandMade
{
    public const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string RunSpanId = "00000000000000a0";
    private const long Begin = 1_700_000_000_000_000_000;

    public static Trace Run(int maxWorkers, int jobs, params SpanRecord[] spans) => Run(maxWorkers, jobs, notStarted: 0, spans);

    public static Trace Run(int maxWorkers, int jobs, int notStarted, params SpanRecord[] spans) => new(
        TraceId,
        [
            new SpanRecord
            {
                TraceId = TraceId,
                SpanId = RunSpanId,
                Name = "run pool",
                Scope = SourceNames.Tour,
                StartNanos = Begin,
                EndNanos = spans.Select(static s => s.EndNanos).DefaultIfEmpty(Begin).Max(),
                Attributes =
                [
                    new(AttributeNames.RunId, "r-1"),
                    new(AttributeNames.RunStrategy, "pool"),
                    new(AttributeNames.RunMaxWorkers, (long)maxWorkers),
                    .. jobs > 0 ? [new(AttributeNames.RunJobs, (long)jobs)] : Array.Empty<KeyValuePair<string, object?>>(),
                    new(AttributeNames.RunNotStarted, (long)notStarted),
                ],
            },
            .. spans,
        ],
        0);

    /// <summary>A job's span, times in milliseconds since the run's start.</summary>
    public static SpanRecord Job(int index, int worker, double from, double to, string status = JobStatusNames.Succeeded, int attempt = 1) => new()
    {
        TraceId = TraceId,
        SpanId = (0x1000 + (index * 4) + attempt + (worker * 0x100000)).ToString("x16", CultureInfo.InvariantCulture),
        ParentSpanId = RunSpanId,
        Name = "job sleep",
        Scope = SourceNames.Tour,
        StartNanos = Begin + (long)(from * 1e6),
        EndNanos = Begin + (long)(to * 1e6),
        Attributes =
        [
            new(AttributeNames.RunId, "r-1"),
            new(AttributeNames.JobIndex, (long)index),
            new(AttributeNames.JobWorker, (long)worker),
            new(AttributeNames.JobAttempt, (long)attempt),
            new(AttributeNames.JobStatus, status),
            new(AttributeNames.Silo, "S1"),
        ],
    };
}
