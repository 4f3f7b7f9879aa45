using System.Runtime.InteropServices;

namespace AsyncTour.Tracing.Conventions;

/// <summary>What a worker knows of a job when it opens the job's span.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct JobSpan
{
    public required string Kind { get; init; }

    public required string RunId { get; init; }

    /// <summary>The job's place in the input, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The worker's number, from 0.</summary>
    public required int Worker { get; init; }

    /// <summary>From 1.</summary>
    public required int Attempt { get; init; }

    public required string Silo { get; init; }

    public string? Key { get; init; }

    /// <summary>How long the job had waited since it was submitted; null when the worker does not know.</summary>
    public TimeSpan? Queued { get; init; }

    /// <summary>True when the job only warms the path up: it is recorded, and left out of every analysis.</summary>
    public bool Warmup { get; init; }
}
