namespace AsyncTour.Tracing.Reading;

/// <summary>All spans of one trace, in order of start, gathered from however many files its processes wrote.</summary>
/// <param name="TraceId">32 hex digits.</param>
/// <param name="SkippedLines">Lines of those files that were no OTLP-JSON, such as a last line cut off by a crash.</param>
public sealed record Trace(string TraceId, IReadOnlyList<SpanRecord> Spans, int SkippedLines)
{
    /// <summary>The first eight digits of the id, which is what people are shown and may type.</summary>
    public string ShortId => Short(TraceId);

    /// <summary>
    /// The traces before this one of a run that was taken up again after a crash, oldest first: their spans are among
    /// <see cref="Spans"/>. Empty for all other traces.
    /// </summary>
    public IReadOnlyList<string> EarlierTraces { get; init; } = [];

    internal static string Short(string traceId) => traceId.Length > 8 ? traceId[..8] : traceId;
}

/// <summary>One line of <c>trace list</c>.</summary>
/// <param name="RunId">The first run's id; null when the trace holds no run.</param>
/// <param name="Runs">How many runs the trace holds.</param>
/// <param name="Jobs">How many job spans it holds, warm-up left out.</param>
/// <param name="Spans">How many spans it holds in all, the engine's included.</param>
public sealed record TraceSummary(
    string TraceId,
    string? RunId,
    string? Strategy,
    DateTimeOffset Start,
    TimeSpan Duration,
    int Runs,
    int Jobs,
    int Spans);
