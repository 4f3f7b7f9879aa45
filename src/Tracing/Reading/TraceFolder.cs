using AsyncTour.Tracing.Conventions;

namespace AsyncTour.Tracing.Reading;

/// <summary>
/// A folder of trace files, read afresh at each question. Several processes write into it, each its own files; what they
/// wrote of one trace is put together again by its id.
/// </summary>
public sealed class TraceFolder(string path)
{
    private const string Pattern = "*.jsonl";
    private const string MetricsEnding = ".metrics.jsonl";

    /// <summary>The folder's path, as given.</summary>
    public string Path { get; } = path;

    /// <summary>Every trace in the folder, newest first. A folder that does not exist holds none.</summary>
    /// <exception cref="TraceUnreadableException">A file cannot be opened.</exception>
    public IReadOnlyList<TraceSummary> List() => [.. Gather(Files()).Select(Summary).OrderByDescending(static t => t.Start)];

    /// <summary>
    /// Finds one trace: <c>last</c> (the newest that holds a run), the path of a file, a trace id or at least four of its
    /// first digits, or a run's id.
    /// </summary>
    /// <exception cref="TraceUnreadableException">None fits, or more than one does; the message says what there is.</exception>
    public Trace Find(string which)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(which);
        return File.Exists(which) ? Newest(Gather([which]), which) : Named(which);
    }

    private Trace Named(string which)
    {
        var traces = Gather(Files());
        if (traces.Count == 0)
            throw new TraceUnreadableException($"There are no traces in {Path}: start a run first, or name the folder with --traces.");
        if (which == "last")
            return Newest(traces, Path);

        var fitting = traces.Where(t => Fits(t, which)).ToList();
        return fitting.Count switch
        {
            1 => fitting[0],
            0 => throw new TraceUnreadableException($"No trace, run or file is called {which}; the folder {Path} holds {traces.Count} traces: 'trace list' shows them."),
            _ => throw new TraceUnreadableException($"{fitting.Count} traces fit {which}: give more of the id ({string.Join(", ", fitting.Take(4).Select(static t => t.ShortId))}, …)."),
        };
    }

    private static bool Fits(Trace trace, string which) =>
        (which.Length >= 4 && trace.TraceId.StartsWith(which, StringComparison.OrdinalIgnoreCase))
        || trace.Spans.Any(s => s.Scope == SourceNames.Tour && s.Text(AttributeNames.RunId) == which);

    /// <summary>The newest trace that holds jobs or a run; a trace of nothing but the engine's own calls is nobody's "last".</summary>
    private static Trace Newest(IReadOnlyList<Trace> traces, string where) =>
        traces.Where(static t => t.Spans.Any(static s => s.Scope == SourceNames.Tour)).MaxBy(static t => t.Spans[0].StartNanos)
        ?? throw new TraceUnreadableException($"There is no run in {where}{SkippedNote(traces)}.");

    private static string SkippedNote(IReadOnlyList<Trace> traces) =>
        traces.Count == 0 ? ": not one line of it is OTLP-JSON with spans" : $", only {traces.Count} traces without one";

    private string[] Files() => Directory.Exists(Path) ? [.. Directory.GetFiles(Path, Pattern).Where(static f => !f.EndsWith(MetricsEnding, StringComparison.Ordinal)).Order(StringComparer.Ordinal)] : [];

    private static List<Trace> Gather(IReadOnlyList<string> files)
    {
        var reader = new OtlpJsonReader();
        var spans = new List<SpanRecord>();
        var skipped = files.Sum(file => TraceFile.Read(file, reader, spans));
        return
        [
            .. spans.GroupBy(static s => s.TraceId, StringComparer.OrdinalIgnoreCase)
                .Select(group => new Trace(group.Key, [.. group.OrderBy(static s => s.StartNanos).ThenBy(static s => s.SpanId, StringComparer.Ordinal)], skipped)),
        ];
    }

    private static TraceSummary Summary(Trace trace)
    {
        var tour = trace.Spans.Where(static s => s.Scope == SourceNames.Tour).ToList();
        var runs = tour.Where(static s => s.Name.StartsWith(SpanNames.RunPrefix, StringComparison.Ordinal)).ToList();
        var jobs = tour.Count(static s => s.Name.StartsWith(SpanNames.JobPrefix, StringComparison.Ordinal) && !s.Flag(AttributeNames.JobWarmup));
        var begin = trace.Spans[0].StartNanos;
        return new TraceSummary(
            trace.TraceId,
            tour.Select(static s => s.Text(AttributeNames.RunId)).FirstOrDefault(static id => id is not null),
            runs.Count > 0 ? runs[0].Text(AttributeNames.RunStrategy) : null,
            UnixTime.At(begin),
            UnixTime.Between(begin, trace.Spans.Max(static s => s.EndNanos)),
            runs.Count,
            jobs,
            trace.Spans.Count);
    }
}
