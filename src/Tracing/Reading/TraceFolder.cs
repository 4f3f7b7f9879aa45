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

    // So many digits of an id are as good as all of them; with fewer, every file is read to see whether two traces fit.
    private const int CertainDigits = 8;
    private const int LeastDigits = 4;

    /// <summary>The folder's path, as given.</summary>
    public string Path { get; } = path;

    /// <summary>Every trace in the folder, newest first. A folder that does not exist holds none.</summary>
    /// <exception cref="TraceUnreadableException">A file cannot be opened.</exception>
    public IReadOnlyList<TraceSummary> List()
    {
        var reader = new OtlpJsonReader();
        var spans = new List<SpanRecord>();
        var sums = new Dictionary<string, TraceSum>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in Files())
        {
            spans.Clear();
            TraceFile.Read(file.FullName, reader, spans);
            foreach (var span in spans)
            {
                if (!sums.TryGetValue(span.TraceId, out var sum))
                    sums.Add(span.TraceId, sum = new TraceSum(span.TraceId));
                sum.Add(span);
            }
        }

        return [.. sums.Values.Select(static s => s.ToSummary()).OrderByDescending(static t => t.Start)];
    }

    /// <summary>
    /// Finds one trace: <c>last</c> (the newest that holds a run), the path of a file, a trace id or at least four of its
    /// first digits, or a run's id. A run that was taken up again after a crash has left several traces: its id finds them
    /// all, as one story, and the id of a trace that trace alone.
    /// </summary>
    /// <exception cref="TraceUnreadableException">None fits, or more than one does; the message says what there is.</exception>
    public Trace Find(string which)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(which);
        if (File.Exists(which))
            return InFile(which);

        var fits = which == "last" ? (Func<SpanRecord, bool>)IsOurs : s => Fits(s, which);
        var readAll = which != "last" && which.Length < CertainDigits;
        var (found, skipped) = Search(fits, readAll);
        if (!readAll && found.Exists(s => IsOfRun(s, which)) && WasTakenUpAgain(found, which))
            (found, skipped) = Search(fits, readAll: true);
        if (found.Exists(s => IsOfRun(s, which)))
            return Assemble(found, skipped, s => IsOfRun(s, which));

        var ids = found.Where(fits).Select(static s => s.TraceId).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (ids.Count > 1 && which != "last")
            throw new TraceUnreadableException($"{ids.Count} traces fit {which}: give more of the id ({Some(ids)}).");
        if (ids.Count == 0)
            throw NotFound(which);
        return Assemble(found, skipped, Newest(found, fits));
    }

    /// <summary>Everything that was recorded of one promise, of whichever traces, in the order of its beginning.</summary>
    /// <exception cref="TraceUnreadableException">A file cannot be opened.</exception>
    public IReadOnlyList<SpanRecord> OfPromise(string id)
    {
        bool Fits(SpanRecord span) => span.Name is PromiseSpans.Settle or PromiseSpans.Wait && span.Text(PromiseSpans.Id) == id;
        return [.. Search(Fits, readAll: true).Spans.Where(Fits).OrderBy(static s => s.StartNanos)];
    }

    /// <summary>
    /// Reads files, the last written first, until the trace is found, and then those others that may hold a part of it or a
    /// newer one that fits: what was last written before it began cannot.
    /// </summary>
    private (List<SpanRecord> Spans, int Skipped) Search(Func<SpanRecord, bool> fits, bool readAll)
    {
        var reader = new OtlpJsonReader();
        var spans = new List<SpanRecord>();
        var skipped = 0;
        long? began = null;
        foreach (var file in Files())
        {
            if (!readAll && began is { } start && file.LastWriteTimeUtc < UnixTime.At(start).UtcDateTime)
                break;
            skipped += TraceFile.Read(file.FullName, reader, spans);
            began = BeginOfNewest(spans, fits);
        }

        return (spans, skipped);
    }

    /// <summary>When the newest trace that fits began, as far as it has been read; null when none fits yet.</summary>
    private static long? BeginOfNewest(List<SpanRecord> spans, Func<SpanRecord, bool> fits)
    {
        var newest = spans.Where(fits).MaxBy(static s => s.StartNanos);
        return newest is null ? null : spans.Where(s => s.TraceId == newest.TraceId).Min(static s => s.StartNanos);
    }

    private static Trace InFile(string file)
    {
        var spans = new List<SpanRecord>();
        var skipped = TraceFile.Read(file, new OtlpJsonReader(), spans);
        if (!spans.Exists(IsOurs))
        {
            var instead = spans.Count == 0 ? "not one line of it is OTLP-JSON with spans" : $"its {spans.Count} spans are somebody else's";
            throw new TraceUnreadableException($"There is no run in {file}: {instead}.");
        }

        return Assemble(spans, skipped, Newest(spans, IsOurs));
    }

    private TraceUnreadableException NotFound(string which) => new(
        Files().Count == 0 ? $"There are no traces in {Path}: start a run first, or name the folder with --traces."
        : which == "last" ? $"There is no run in the trace files of {Path}."
        : $"No trace, run or file is called {which}; 'trace list' shows what {Path} holds.");

    private static string Newest(List<SpanRecord> spans, Func<SpanRecord, bool> fits) =>
        spans.Where(fits).MaxBy(static s => s.StartNanos)!.TraceId;

    private static string Some(List<string> ids) =>
        string.Join(", ", ids.Take(4).Select(static id => id[..CertainDigits])) + (ids.Count > 4 ? ", …" : "");

    /// <summary>One trace, with what else it takes to tell the story: none, unless a run goes on in it.</summary>
    private static Trace Assemble(List<SpanRecord> spans, int skipped, params IReadOnlyList<string> ids)
    {
        var wanted = ids.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new Trace(
            ids[^1],
            [.. spans
                .Where(s => wanted.Contains(s.TraceId))
                .OrderBy(static s => s.StartNanos)
                .ThenBy(static s => s.SpanId, StringComparer.Ordinal)],
            skipped)
        { EarlierTraces = [.. ids.SkipLast(1)] };
    }

    private static Trace Assemble(List<SpanRecord> spans, int skipped, Func<SpanRecord, bool> fits) => Assemble(
        spans,
        skipped,
        [.. spans.Where(fits).GroupBy(static s => s.TraceId, StringComparer.OrdinalIgnoreCase).OrderBy(static g => g.Min(static s => s.StartNanos)).Select(static g => g.Key)]);

    /// <summary>Whether there is more of the run than what was written last: its span says so, or is missing.</summary>
    private static bool WasTakenUpAgain(List<SpanRecord> spans, string runId)
    {
        var runs = spans.Where(s => IsOfRun(s, runId) && s.Name.StartsWith(SpanNames.RunPrefix, StringComparison.Ordinal)).ToList();
        return runs.Count == 0 || runs.Exists(static r => r.Integer(AttributeNames.RunEarlier) > 0);
    }

    private static bool IsOfRun(SpanRecord span, string runId) => IsOurs(span) && span.Text(AttributeNames.RunId) == runId;

    private static bool Fits(SpanRecord span, string which) =>
        (which.Length >= LeastDigits && span.TraceId.StartsWith(which, StringComparison.OrdinalIgnoreCase))
        || IsOfRun(span, which);

    /// <summary>A trace of nothing but the engine's own calls, or of a promise, is nobody's "last".</summary>
    private static bool IsOurs(SpanRecord span) => span.Scope == SourceNames.Tour && span.Name is not (PromiseSpans.Settle or PromiseSpans.Wait);

    private List<FileInfo> Files() => !Directory.Exists(Path)
        ? []
        : [.. new DirectoryInfo(Path).GetFiles(Pattern)
            .Where(static f => !f.Name.EndsWith(MetricsEnding, StringComparison.Ordinal))
            .OrderByDescending(static f => f.LastWriteTimeUtc)
            .ThenByDescending(static f => f.Name, StringComparer.Ordinal)];
}
