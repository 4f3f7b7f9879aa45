using AsyncTour.Tracing.Conventions;

namespace AsyncTour.Tracing.Reading;

/// <summary>Sums one trace up, span by span, without keeping the spans.</summary>
internal sealed class TraceSum(string traceId)
{
    private long _begin = long.MaxValue;
    private long _end = long.MinValue;
    private SpanRecord? _firstRun;
    private string? _runId;
    private int _runs;
    private int _jobs;
    private int _spans;

    public void Add(SpanRecord span)
    {
        _spans++;
        _begin = Math.Min(_begin, span.StartNanos);
        _end = Math.Max(_end, span.EndNanos);
        if (span.Scope != SourceNames.Tour)
            return;
        if (span.Name.StartsWith(SpanNames.JobPrefix, StringComparison.Ordinal) && !span.Flag(AttributeNames.JobWarmup))
            _jobs++;
        if (span.Name.StartsWith(SpanNames.RunPrefix, StringComparison.Ordinal))
        {
            _runs++;
            if (_firstRun is null || span.StartNanos < _firstRun.StartNanos)
                _firstRun = span;
        }

        _runId ??= span.Text(AttributeNames.RunId);
    }

    public TraceSummary ToSummary() => new(
        traceId,
        _firstRun?.Text(AttributeNames.RunId) ?? _runId,
        _firstRun?.Text(AttributeNames.RunStrategy),
        UnixTime.At(_begin),
        UnixTime.Between(_begin, _end),
        _runs,
        _jobs,
        _spans);
}
