using AsyncTour.Tracing.Reading;
using AsyncTour.Tracing.Recording;

namespace AsyncTour.Tracing.Tests.Recording;

[Collection(RecordingCollection.Name)]
public sealed class FlushTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("asynctour-traces-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void After_a_flush_every_span_that_ended_before_it_is_written_while_others_go_on()
    {
        using var recorder = TraceRecorder.Start(new TraceRecorderOptions { Folder = _folder, QueueCapacity = 16, Metrics = false });
        Parallel.For(0, 4, _ =>
        {
            for (var round = 1; round <= 50; round++)
            {
                SampleRun.Play(jobs: 7, workers: 2);
                recorder.ForceFlush().ShouldBeTrue();
                recorder.Statistics.Written.ShouldBeGreaterThanOrEqualTo(round * 8);
            }
        });

        new TraceFolder(_folder).List().Sum(static t => t.Spans).ShouldBe(4 * 50 * 8);
    }

    [Fact]
    public void A_disk_that_refuses_is_counted_and_keeps_its_words()
    {
        var blocked = Path.Combine(_folder, "a-file");
        File.WriteAllText(blocked, "in the way");
        using var recorder = TraceRecorder.Start(new TraceRecorderOptions { Folder = blocked, Metrics = false });

        SampleRun.Play(jobs: 3, workers: 1);
        recorder.ForceFlush().ShouldBeTrue();

        recorder.Statistics.Lost.ShouldBe(4);
        recorder.Fault.ShouldNotBeNull();
    }

    [Fact]
    public void The_oldest_recordings_go_when_the_folder_is_over_its_bound()
    {
        for (var i = 0; i < 3; i++)
        {
            var old = Path.Combine(_folder, $"old-{i}.traces.jsonl");
            File.WriteAllText(old, new string(' ', 1000));
            File.SetLastWriteTimeUtc(old, new DateTime(2026, 1, 1 + i, 0, 0, 0, DateTimeKind.Utc));
        }

        using (TraceRecorder.Start(new TraceRecorderOptions { Folder = _folder, MaxFolderBytes = 1500, Metrics = false }))
            SampleRun.Play(jobs: 1, workers: 1);

        Directory.GetFiles(_folder, "old-*").Select(Path.GetFileName).ShouldBe(["old-2.traces.jsonl"]);
    }
}
