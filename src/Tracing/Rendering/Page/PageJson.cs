using System.Buffers;
using System.Text.Json;
using AsyncTour.Tracing.Analysis;

namespace AsyncTour.Tracing.Rendering.Page;

/// <summary>
/// A run as the page reads it, embedded in an exported file or answered by <c>GET /api/runs/{id}</c>. Jobs and gaps are
/// columns rather than objects, because 100,000 of them are; times are microseconds since the run's start.
/// </summary>
internal static class PageJson
{
    /// <summary>The data of an exported page: <c>{"runs":[…]}</c>, safe inside a script element.</summary>
    public static string Exported(IReadOnlyList<RunTimeline> runs) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("runs");
        foreach (var run in runs)
            Run(json, run, "finished", run.Jobs, from: 0, []);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    // The default encoder escapes <, >, & and quotes, so that no text of a job can end the element it is embedded in.
    public static string Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 16);
        using (var json = new Utf8JsonWriter(buffer))
            write(json);
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <param name="state"><c>running</c> or <c>finished</c>.</param>
    /// <param name="ended">All ended attempts in the reader's order, which is the order in which it was sent them.</param>
    /// <param name="from">How many of those the reader has already.</param>
    /// <param name="leftOut">Ended attempts beyond what is remembered of a run.</param>
    /// <param name="running">Attempts that have begun and not ended; their finish is meaningless.</param>
    public static void Run(Utf8JsonWriter json, RunTimeline run, string state, IReadOnlyList<JobBar> ended, int from, IReadOnlyList<JobBar> running, int leftOut = 0)
    {
        json.WriteStartObject();
        Facts(json, run, state, from);
        json.WriteNumber("leftOut", leftOut);
        Columns(json, "jobs", from == 0 ? ended : [.. ended.Skip(from)]);
        Columns(json, "running", running);
        if (state == "finished")
            Findings(json, run, ended);
        json.WriteEndObject();
    }

    private static void Facts(Utf8JsonWriter json, RunTimeline run, string state, int from)
    {
        json.WriteString("run", run.RunId);
        json.WriteString("traceId", run.TraceId);
        json.WriteString("strategy", run.Strategy);
        json.WriteString("state", state);
        json.WriteBoolean("complete", run.IsComplete);
        json.WriteNumber("maxWorkers", run.MaxWorkers);
        if (run.Submitted is { } submitted)
            json.WriteNumber("submitted", submitted);
        json.WriteString("startedAt", run.Start);
        json.WriteNumber("wall", Micros(run.Wall));
        json.WriteNumber("ideal", Micros(run.Ideal));
        json.WriteNumber("efficiency", run.Efficiency);
        json.WriteNumber("peak", run.PeakConcurrency);
        json.WriteNumber("skippedLines", run.SkippedLines);
        json.WriteNumber("from", from);
    }

    private static void Columns(Utf8JsonWriter json, string name, IReadOnlyList<JobBar> jobs)
    {
        var kinds = new Words();
        var silos = new Words();
        var statuses = new Words();
        json.WriteStartObject(name);
        Numbers(json, "index", jobs, static j => j.Index);
        Numbers(json, "worker", jobs, static j => j.Worker);
        Numbers(json, "attempt", jobs, static j => j.Attempt);
        Numbers(json, "start", jobs, static j => Micros(j.Start));
        Numbers(json, "finish", jobs, static j => Micros(j.Finish));
        Numbers(json, "queued", jobs, static j => Micros(j.Queued));
        Numbers(json, "status", jobs, j => statuses.Number(j.Status));
        Numbers(json, "kind", jobs, j => kinds.Number(j.Kind));
        Numbers(json, "silo", jobs, j => silos.Number(j.Silo ?? ""));
        statuses.Write(json, "statuses");
        kinds.Write(json, "kinds");
        silos.Write(json, "silos");
        Texts(json, "key", jobs, static j => j.Key);
        Texts(json, "error", jobs, static j => j.Error);
        json.WriteEndObject();
    }

    /// <summary>What can be said only of a run that has ended.</summary>
    private static void Findings(Utf8JsonWriter json, RunTimeline run, IReadOnlyList<JobBar> ended)
    {
        var gaps = IdleGaps.Of(run);
        var idle = IdleSummary.Of(gaps);
        var causes = new Words();
        json.WriteStartObject("gaps");
        Numbers(json, "worker", gaps, static g => g.Worker);
        Numbers(json, "from", gaps, static g => Micros(g.From));
        Numbers(json, "to", gaps, static g => Micros(g.To));
        Numbers(json, "cause", gaps, g => causes.Number(RunView.Name(g.Cause)));
        causes.Write(json, "causes");
        json.WriteEndObject();

        json.WriteStartObject("idle");
        foreach (var (cause, time) in idle.ByCause)
            json.WriteNumber(RunView.Name(cause), Micros(time));
        json.WriteEndObject();

        var places = new Dictionary<JobBar, int>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < ended.Count; i++)
            places[ended[i]] = i;
        var path = CriticalPath.Of(run);
        Numbers(json, "path", path.Steps, s => places[s.Job]);
        json.WriteNumber("pathBusy", Micros(path.Busy));
        Spread(json, "runTime", Percentiles.Of(run.Jobs.Select(static j => j.Duration)));
        Spread(json, "queueTime", Percentiles.Of(run.Jobs.Select(static j => j.Queued)));
    }

    private static void Spread(Utf8JsonWriter json, string name, Percentiles times)
    {
        json.WriteStartObject(name);
        json.WriteNumber("p50", Micros(times.P50));
        json.WriteNumber("p90", Micros(times.P90));
        json.WriteNumber("p99", Micros(times.P99));
        json.WriteNumber("max", Micros(times.Max));
        json.WriteEndObject();
    }

    private static void Numbers<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Func<T, double> number)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
            json.WriteNumberValue(number(item));
        json.WriteEndArray();
    }

    /// <summary>Texts that most jobs lack: an object from the job's place to its text.</summary>
    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<JobBar> jobs, Func<JobBar, string?> text)
    {
        json.WriteStartObject(name);
        for (var i = 0; i < jobs.Count; i++)
        {
            if (text(jobs[i]) is { Length: > 0 } value)
                json.WriteString(i.ToString(System.Globalization.CultureInfo.InvariantCulture), value);
        }

        json.WriteEndObject();
    }

    internal static double Micros(TimeSpan time) => time.Ticks / (double)TimeSpan.TicksPerMicrosecond;

    /// <summary>Words that repeat, as numbers.</summary>
    private sealed class Words
    {
        private readonly OrderedDictionary<string, int> _words = new(StringComparer.Ordinal);

        public int Number(string word)
        {
            if (!_words.TryGetValue(word, out var number))
                _words.Add(word, number = _words.Count);
            return number;
        }

        public void Write(Utf8JsonWriter json, string name)
        {
            json.WriteStartArray(name);
            foreach (var word in _words.Keys)
                json.WriteStringValue(word);
            json.WriteEndArray();
        }
    }
}
