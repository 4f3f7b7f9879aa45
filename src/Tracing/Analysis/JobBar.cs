namespace AsyncTour.Tracing.Analysis;

/// <summary>One attempt at one job, as its worker recorded it: a bar of the timeline.</summary>
public sealed record JobBar
{
    /// <summary>Which trace it is from, where a run has left several; 32 hex digits, or empty where nobody asked.</summary>
    internal string TraceId { get; init; } = "";

    /// <summary>The job's place in the input, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The worker's number, from 0.</summary>
    public required int Worker { get; init; }

    /// <summary>From 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>One of the names in <see cref="Conventions.JobStatusNames"/>.</summary>
    public required string Status { get; init; }

    /// <summary>Since the run's start.</summary>
    public required TimeSpan Start { get; init; }

    /// <summary>Since the run's start.</summary>
    public required TimeSpan Finish { get; init; }

    /// <summary>The handler's kind: <c>sleep</c>, <c>http</c>, ….</summary>
    public string Kind { get; init; } = "";

    public string? Key { get; init; }

    public string? Silo { get; init; }

    /// <summary>What went wrong, in the job's own words; null when nothing did.</summary>
    public string? Error { get; init; }

    /// <summary>How long the job had waited since it was submitted.</summary>
    public TimeSpan Queued { get; init; }

    public TimeSpan Duration => Finish - Start;
}

/// <summary>What one worker did, in order of start.</summary>
public sealed record WorkerRow(int Worker, IReadOnlyList<JobBar> Jobs)
{
    public TimeSpan Busy => new(Jobs.Sum(static j => j.Duration.Ticks));
}
