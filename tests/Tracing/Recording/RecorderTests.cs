using System.Text.Json;
using AsyncTour.Tracing.Analysis;
using AsyncTour.Tracing.Conventions;
using AsyncTour.Tracing.Reading;
using AsyncTour.Tracing.Recording;
using AsyncTour.Tracing.Rendering;

namespace AsyncTour.Tracing.Tests.Recording;

[Collection(RecordingCollection.Name)]
public sealed class RecorderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("asynctour-traces-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_flushed_run_is_read_back_as_it_was()
    {
        using var recorder = Record();
        SampleRun.Play(jobs: 10, workers: 3);

        recorder.ForceFlush().ShouldBeTrue();

        var run = RunTimeline.Of(new TraceFolder(_folder).Find("last"));
        run.RunId.ShouldBe(SampleRun.RunId);
        run.Strategy.ShouldBe("pool");
        run.MaxWorkers.ShouldBe(3);
        run.Submitted.ShouldBe(10);
        run.Jobs.Count.ShouldBe(10);
        run.Workers.Count.ShouldBe(3);
        run.PeakConcurrency.ShouldBe(3);
        run.Jobs.ShouldAllBe(static j => j.Status == JobStatusNames.Succeeded && j.Silo == "S1" && j.Kind == "sleep");
    }

    [Fact]
    public void Warm_up_jobs_are_recorded_and_left_out_of_the_timeline()
    {
        using var recorder = Record();
        SampleRun.Play(jobs: 4, workers: 2, warmup: true);
        recorder.ForceFlush();

        var trace = new TraceFolder(_folder).Find(SampleRun.RunId);

        trace.Spans.Count(static s => s.Flag(AttributeNames.JobWarmup)).ShouldBe(2);
        RunTimeline.Of(trace).Jobs.Count.ShouldBe(4);
    }

    [Fact]
    public void The_queue_time_that_a_worker_knows_is_read_back_and_shown_in_the_terminal()
    {
        using var recorder = Record();
        using (TourActivitySource.StartRun("pool", "queued", maxWorkers: 1, jobs: 1))
        {
            var job = new JobSpan { Kind = "sleep", RunId = "queued", Index = 0, Worker = 0, Attempt = 1, Silo = "S1", Queued = TimeSpan.FromSeconds(1.25) };
            TourActivitySource.EndJob(TourActivitySource.StartJob(job), JobStatusNames.Succeeded);
        }

        recorder.ForceFlush();

        var run = RunTimeline.Of(new TraceFolder(_folder).Find("queued"));
        run.Jobs.Single().Queued.ShouldBe(TimeSpan.FromSeconds(1.25));
        RunView.Text(run).ShouldContain("queue time     p50 1.25 s");
    }

    [Fact]
    public void No_span_is_lost_when_the_queue_is_tiny_and_many_threads_end_spans()
    {
        using var recorder = TraceRecorder.Start(new TraceRecorderOptions { Folder = _folder, QueueCapacity = 8 });
        Parallel.For(0, 8, static _ => SampleRun.Play(jobs: 1000, workers: 4));

        recorder.ForceFlush().ShouldBeTrue();

        new TraceFolder(_folder).List().Sum(static t => t.Jobs).ShouldBe(8000);
        recorder.Statistics.Lost.ShouldBe(0);
        recorder.Statistics.Written.ShouldBe(8 * 1001);
        recorder.Statistics.Waits.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Files_rotate_at_their_bound_and_the_trace_is_whole_over_all_of_them()
    {
        using var recorder = TraceRecorder.Start(new TraceRecorderOptions { Folder = _folder, QueueCapacity = 16, MaxFileBytes = 20_000 });
        SampleRun.Play(jobs: 500, workers: 4);
        recorder.ForceFlush();

        Directory.GetFiles(_folder).Length.ShouldBeGreaterThan(3);
        RunTimeline.Of(new TraceFolder(_folder).Find("last")).Jobs.Count.ShouldBe(500);
    }

    [Fact]
    public void A_half_written_last_line_is_skipped_and_counted()
    {
        using (Record())
            SampleRun.Play(jobs: 3, workers: 1);
        var file = Directory.GetFiles(_folder).Single();
        File.AppendAllText(file, """{"resourceSpans":[{"resource":{},"scopeSpans":[{"spans":[{"traceId":"00""");

        var trace = new TraceFolder(_folder).Find("last");

        trace.SkippedLines.ShouldBe(1);
        RunTimeline.Of(trace).Jobs.Count.ShouldBe(3);
    }

    [Fact]
    public void Console_writes_the_same_lines_to_standard_output()
    {
        var output = new MemoryStream();
        using (TraceRecorder.Start(new TraceRecorderOptions { Exporter = TraceExporter.Console, OpenConsole = () => output }))
            SampleRun.Play(jobs: 2, workers: 1);

        var lines = System.Text.Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.ShouldNotBeEmpty();
        foreach (var line in lines)
            JsonDocument.Parse(line).RootElement.GetProperty("resourceSpans").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public void None_records_nothing_and_leaves_nothing()
    {
        using (TraceRecorder.Start(new TraceRecorderOptions { Exporter = TraceExporter.None, Folder = Path.Combine(_folder, "sub") }))
            SampleRun.Play(jobs: 2, workers: 1);

        Directory.Exists(Path.Combine(_folder, "sub")).ShouldBeFalse();
    }

    private TraceRecorder Record() => TraceRecorder.Start(new TraceRecorderOptions { Folder = _folder });
}
