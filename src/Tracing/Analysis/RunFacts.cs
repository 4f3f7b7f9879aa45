namespace AsyncTour.Tracing.Analysis;

/// <summary>What is known of a run without looking at its jobs; with them it is a <see cref="RunTimeline"/>.</summary>
internal sealed record RunFacts
{
    public required string TraceId { get; init; }

    public IReadOnlyList<string> EarlierTraces { get; init; } = [];

    public required string RunId { get; init; }

    public string Strategy { get; init; } = "";

    /// <summary>Null, or nonsense, when the run's span does not say: then the workers that were seen count.</summary>
    public int? MaxWorkers { get; init; }

    public int? Submitted { get; init; }

    public bool IsComplete { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required TimeSpan Wall { get; init; }

    public IReadOnlyList<Wait> Waits { get; init; } = [];

    public TimeSpan? DrainingFrom { get; init; }

    public int SkippedLines { get; init; }

    public RunTimeline WithJobs(IEnumerable<JobBar> jobs)
    {
        var bars = jobs.OrderBy(static j => j.Start).ThenBy(static j => j.Index).ToList();
        var rows = bars.GroupBy(static j => j.Worker).OrderBy(static g => g.Key).Select(static g => new WorkerRow(g.Key, [.. g])).ToList();
        var maxWorkers = MaxWorkers is > 0 and var said ? said : Math.Max(1, rows.Count);
        return new RunTimeline
        {
            TraceId = TraceId,
            EarlierTraces = EarlierTraces,
            RunId = RunId,
            Strategy = Strategy,
            MaxWorkers = maxWorkers,
            Submitted = Submitted,
            IsComplete = IsComplete,
            Start = Start,
            Wall = Wall,
            Jobs = bars,
            Workers = rows,
            Waits = Waits,
            DrainingFrom = DrainingFrom,
            SkippedLines = SkippedLines,
            Ideal = IdealWall.Of(bars.Select(static j => j.Duration), maxWorkers),
            PeakConcurrency = Concurrency.Peak(bars),
        };
    }
}
