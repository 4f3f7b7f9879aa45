using AsyncTour.Tracing.Reading;

namespace AsyncTour.Tracing.Analysis;

/// <summary>One run, told from its spans: who ran what and when, and the numbers that follow. Warm-up jobs are not in it.</summary>
public sealed record RunTimeline
{
    /// <summary>32 hex digits.</summary>
    public required string TraceId { get; init; }

    /// <summary>The traces before it, oldest first, when a crash cut the run in pieces and it was read as a whole.</summary>
    public IReadOnlyList<string> EarlierTraces { get; init; } = [];

    public required string RunId { get; init; }

    /// <summary>Empty when the run's own span is missing.</summary>
    public string Strategy { get; init; } = "";

    /// <summary>The limit the run was given; when its span is missing, as many as the workers seen.</summary>
    public required int MaxWorkers { get; init; }

    /// <summary>How many jobs were submitted; null when the run's span is missing or did not say.</summary>
    public int? Submitted { get; init; }

    /// <summary>False when the run's span is missing: it still runs, or its coordinator died. The times then cover what is known.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>When the run began, by the clock of its silo.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>From the run's start to its end.</summary>
    public required TimeSpan Wall { get; init; }

    /// <summary>Every attempt, in order of start.</summary>
    public required IReadOnlyList<JobBar> Jobs { get; init; }

    /// <summary>One row per worker that ran anything, by number.</summary>
    public required IReadOnlyList<WorkerRow> Workers { get; init; }

    /// <summary>What the coordinator said about waits, oldest first.</summary>
    public IReadOnlyList<Wait> Waits { get; init; } = [];

    /// <summary>From when on nothing more was handed out although input was left; null when it never came to that.</summary>
    public TimeSpan? DrainingFrom { get; init; }

    /// <summary>Lines of the trace's files that could not be read.</summary>
    public int SkippedLines { get; init; }

    /// <summary>The wall time of the same durations without any overhead: <see cref="IdealWall"/>.</summary>
    public required TimeSpan Ideal { get; init; }

    /// <summary>Ideal divided by wall: 1 is perfect. Zero when nothing ran.</summary>
    public double Efficiency => Wall > TimeSpan.Zero ? Ideal / Wall : 0;

    /// <summary>The most jobs that ran at once.</summary>
    public required int PeakConcurrency { get; init; }

    /// <summary>The trace's runs, oldest first: a trace of <c>compare</c> holds several.</summary>
    public static IReadOnlyList<RunTimeline> All(Trace trace) => RunSpans.Of(trace).Select(static r => r.ToTimeline()).ToList();

    /// <summary>The trace's only run, or the newest of several.</summary>
    /// <exception cref="TraceUnreadableException">The trace holds no run.</exception>
    public static RunTimeline Of(Trace trace) => All(trace) is [.., var newest]
        ? newest
        : throw new TraceUnreadableException($"The trace {trace.ShortId} holds {trace.Spans.Count} spans, but neither a run nor a job.");
}

/// <summary>A wait the coordinator recorded.</summary>
/// <param name="Cause">One of <see cref="Conventions.WaitCauses"/>.</param>
/// <param name="From">Since the run's start.</param>
/// <param name="To">Since the run's start.</param>
/// <param name="Worker">Whose wait; null when it held for every idle worker.</param>
public sealed record Wait(string Cause, TimeSpan From, TimeSpan To, int? Worker);
