using System.Text.Json;
using AsyncTour.Tracing.Conventions;
using AsyncTour.Tracing.Recording;
using AsyncTour.Tracing.Rendering.Page;
using AsyncTour.Tracing.Tests.Recording;

namespace AsyncTour.Tracing.Tests.Rendering;

[Collection(RecordingCollection.Name)]
public sealed class LiveRunsTests : IDisposable
{
    private readonly LiveRuns _live = new();
    private readonly TraceRecorder _recorder;

    public LiveRunsTests() => _recorder = TraceRecorder.Start(new TraceRecorderOptions
    {
        Exporter = TraceExporter.Console,
        OpenConsole = () => Stream.Null,
        Watcher = _live,
        Metrics = false,
    });

    public void Dispose()
    {
        _recorder.Dispose();
        _live.Dispose();
    }

    [Fact]
    public void A_run_is_listed_while_it_goes_on_and_when_it_has_ended()
    {
        var run = TourActivitySource.StartRun("pool", "one", maxWorkers: 2, jobs: 2)!;
        TourActivitySource.EndJob(Begin(0), JobStatusNames.Succeeded);
        var running = Begin(1);

        var during = List().ShouldHaveSingleItem();
        (during.GetProperty("run").GetString(), during.GetProperty("state").GetString(), during.GetProperty("done").GetInt32()).ShouldBe(("one", "running", 1));
        Numbers(Run("one"), "running", "index").ShouldBe([1]);

        TourActivitySource.EndJob(running, JobStatusNames.Failed);
        run.Dispose();
        var after = List().ShouldHaveSingleItem();
        (after.GetProperty("state").GetString(), after.GetProperty("done").GetInt32(), after.GetProperty("failed").GetInt32()).ShouldBe(("finished", 2, 1));
        Run("one").GetProperty("path").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_reader_is_sent_only_what_it_has_not_seen()
    {
        using var run = TourActivitySource.StartRun("pool", "one", maxWorkers: 1, jobs: null);
        for (var i = 0; i < 5; i++)
            TourActivitySource.EndJob(Begin(i), JobStatusNames.Succeeded);

        Numbers(Run("one", from: 3), "jobs", "index").ShouldBe([3, 4]);
        Run("one", from: 3).GetProperty("from").GetInt32().ShouldBe(3);
        Numbers(Run("one", from: 99), "jobs", "index").ShouldBe([0, 1, 2, 3, 4]);
    }

    [Fact]
    public void Warm_up_jobs_are_not_shown()
    {
        using var run = TourActivitySource.StartRun("pool", "one", maxWorkers: 1, jobs: 1);
        TourActivitySource.EndJob(Begin(0, warmup: true), JobStatusNames.Succeeded);
        var warming = Begin(0, warmup: true);
        TourActivitySource.EndJob(Begin(0), JobStatusNames.Succeeded);

        Numbers(Run("one"), "jobs", "index").ShouldBe([0]);
        Numbers(Run("one"), "running", "index").ShouldBeEmpty();
        warming!.Dispose();
    }

    [Fact]
    public void A_silo_that_only_has_workers_of_a_run_shows_those()
    {
        TourActivitySource.EndJob(Begin(7), JobStatusNames.Succeeded);

        Numbers(Run("one"), "jobs", "index").ShouldBe([7]);
    }

    [Fact]
    public void Queue_times_that_the_workers_know_are_shown_as_they_said()
    {
        using (TourActivitySource.StartRun("pool", "one", maxWorkers: 1, jobs: 2))
        {
            TourActivitySource.EndJob(Begin(0, queued: TimeSpan.FromMilliseconds(25)), JobStatusNames.Succeeded);
            TourActivitySource.EndJob(Begin(1, queued: TimeSpan.FromMilliseconds(75)), JobStatusNames.Succeeded);
        }

        Numbers(Run("one"), "jobs", "queued").ShouldBe([25_000, 75_000]);
        Run("one").GetProperty("queueTime").GetProperty("max").GetInt64().ShouldBe(75_000);
    }

    [Fact]
    public void The_newest_fifty_runs_are_remembered()
    {
        for (var i = 0; i < 60; i++)
            TourActivitySource.StartRun("pool", $"run-{i}", maxWorkers: 1, jobs: 0)!.Dispose();

        List().Select(static r => r.GetProperty("run").GetString()).ShouldBe(Enumerable.Range(10, 50).Reverse().Select(static i => $"run-{i}"));
    }

    [Theory]
    [InlineData("/", 200, "text/html; charset=utf-8")]
    [InlineData("/api/runs", 200, "application/json; charset=utf-8")]
    [InlineData("/api/runs/nobody", 404, "application/json; charset=utf-8")]
    [InlineData("/etc/passwd", 404, "application/json; charset=utf-8")]
    public void The_site_answers_what_it_has(string path, int status, string type)
    {
        var answer = new TimelineSite(_live).Answer(path);

        (answer.Status, answer.ContentType).ShouldBe((status, type));
    }

    private JsonElement Run(string id, int from = 0) => JsonDocument.Parse(_live.RunJson(id, from)!).RootElement;

    private List<JsonElement> List() => [.. JsonDocument.Parse(_live.ListJson()).RootElement.GetProperty("runs").EnumerateArray()];

    private static IEnumerable<int> Numbers(JsonElement run, string columns, string name) =>
        run.GetProperty(columns).GetProperty(name).EnumerateArray().Select(static n => n.GetInt32());

    private static System.Diagnostics.Activity? Begin(int index, bool warmup = false, TimeSpan? queued = null) => TourActivitySource.StartJob(
        new JobSpan { Kind = "sleep", RunId = "one", Index = index, Worker = 0, Attempt = 1, Silo = "S1", Warmup = warmup, Queued = queued });
}
