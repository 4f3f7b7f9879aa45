using System.Diagnostics;
using System.Text.Json;
using AsyncTour.Tracing.Conventions;
using OpenTelemetry;

namespace AsyncTour.Tracing.Rendering.Page;

/// <summary>
/// The runs of this process as they go on, for the live page: give it to the recorder as its
/// <see cref="Recording.TraceRecorderOptions.Watcher"/>, and answer <c>GET /api/runs</c> with <see cref="ListJson"/> and
/// <c>GET /api/runs/{id}?from=N</c> with <see cref="RunJson"/>. It remembers the newest runs and a bounded number of jobs.
/// </summary>
/// <remarks>It sees the spans of this process only: with several silos, each shows its own workers.</remarks>
public sealed class LiveRuns : BaseProcessor<Activity>
{
    private const int MostRuns = 50;
    private const int MostJobsOfARun = 200_000;
    private const int MostJobs = 500_000;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly OrderedDictionary<string, LiveRun> _runs = new(StringComparer.Ordinal);
    private readonly HashSet<Activity> _openRuns = [];
    private readonly HashSet<Activity> _openJobs = [];

    /// <param name="time">Says how long a run has been going on; default: the system's clock.</param>
    public LiveRuns(TimeProvider? time = null) => _time = time ?? TimeProvider.System;

    public override void OnStart(Activity data)
    {
        // Its attributes are not on it yet, so which run it belongs to is asked later.
        if (OpenSetOf(data) is not { } open)
            return;
        lock (_gate)
            open.Add(data);
    }

    public override void OnEnd(Activity data)
    {
        if (OpenSetOf(data) is not { } open)
            return;
        lock (_gate)
        {
            open.Remove(data);
            if (open == _openJobs)
                EndJob(data);
            else if (Attach(data) is { } run)
                run.IsFinished = true;
        }
    }

    /// <summary><c>{"runs":[{run, strategy, state, maxWorkers, submitted, done, failed, startedAt, wall, efficiency, peak}]}</c>, newest first; times in microseconds.</summary>
    public string ListJson()
    {
        lock (_gate)
        {
            AttachOpenRuns();
            var now = _time.GetUtcNow().UtcDateTime;
            return PageJson.Write(json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("runs");
                foreach (var run in _runs.Values.Reverse())
                    Summary(json, run, now, RunningOf(run).Count);
                json.WriteEndArray();
                json.WriteEndObject();
            });
        }
    }

    /// <summary>One run in columns, as the page reads it; null when there is no such run.</summary>
    /// <param name="from">How many ended attempts the reader has already; more than there are counts as none.</param>
    public string? RunJson(string runId, int from = 0)
    {
        lock (_gate)
        {
            AttachOpenRuns();
            if (!_runs.TryGetValue(runId, out var run))
                return null;
            var now = _time.GetUtcNow().UtcDateTime;
            var running = RunningOf(run).ConvertAll(run.Bar);
            var known = from > 0 && from <= run.Ended.Count ? from : 0;
            var timeline = run.Timeline(now, running.Count);
            return PageJson.Write(json => PageJson.Run(json, timeline, StateOf(run, now, running.Count), run.Ended, known, running, run.LeftOut));
        }
    }

    private static void Summary(Utf8JsonWriter json, LiveRun run, DateTime now, int running)
    {
        var timeline = run.Timeline(now, running);
        json.WriteStartObject();
        json.WriteString("run", run.Id);
        json.WriteString("strategy", timeline.Strategy);
        json.WriteString("state", StateOf(run, now, running));
        json.WriteNumber("maxWorkers", timeline.MaxWorkers);
        if (timeline.Submitted is { } submitted)
            json.WriteNumber("submitted", submitted);
        json.WriteNumber("done", run.Ended.Count + run.LeftOut);
        json.WriteNumber("failed", run.Failed);
        json.WriteString("startedAt", timeline.Start);
        json.WriteNumber("wall", PageJson.Micros(timeline.Wall));
        json.WriteNumber("efficiency", timeline.Efficiency);
        json.WriteNumber("peak", timeline.PeakConcurrency);
        json.WriteEndObject();
    }

    private static string StateOf(LiveRun run, DateTime now, int running) => run.IsOver(now, running) ? "finished" : "running";

    private HashSet<Activity>? OpenSetOf(Activity span)
    {
        if (span.Source.Name != SourceNames.Tour)
            return null;
        if (span.OperationName.StartsWith(SpanNames.JobPrefix, StringComparison.Ordinal))
            return _openJobs;
        return span.OperationName.StartsWith(SpanNames.RunPrefix, StringComparison.Ordinal) ? _openRuns : null;
    }

    private void EndJob(Activity job)
    {
        var tags = JobTags.Of(job);
        if (tags.RunId is not { } id)
            return;
        if (!_runs.TryGetValue(id, out var run))
        {
            AttachOpenRuns();
            run = RunOf(id);
        }

        if (tags.Warmup)
            run.WarmedUp(job);
        else
            run.End(job);
    }

    private void AttachOpenRuns()
    {
        foreach (var span in _openRuns)
            Attach(span);
    }

    private LiveRun? Attach(Activity span)
    {
        if (span.GetTagItem(AttributeNames.RunId) is not string id)
            return null;
        var run = RunOf(id);
        run.Span = span;
        return run;
    }

    private LiveRun RunOf(string id)
    {
        if (_runs.TryGetValue(id, out var run))
            return run;
        while (_runs.Count >= MostRuns || (_runs.Count > 0 && _runs.Values.Sum(static r => r.Ended.Count) > MostJobs))
            _runs.RemoveAt(0);
        _runs.Add(id, run = new LiveRun(id, MostJobsOfARun));
        return run;
    }

    private List<Activity> RunningOf(LiveRun run) =>
        run.IsFinished ? [] : [.. _openJobs.Where(j => JobTags.Of(j) is { Warmup: false, RunId: { } id } && id == run.Id).OrderBy(static j => j.StartTimeUtc)];
}
