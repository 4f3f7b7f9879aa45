using AsyncTour.Tracing.Conventions;

namespace AsyncTour.Tracing.Tests.Recording;

/// <summary>Sources of spans are known to the whole process, so tests that record take turns.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RecordingCollection
{
    public const string Name = "recording";
}

/// <summary>A run whose spans carry made-up times: jobs of 10 ms, dealt to the workers in turn, no time between them.</summary>
internal static class SampleRun
{
    public const string RunId = "sample";

    private static readonly DateTimeOffset Begin = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static void Play(int jobs, int workers, bool warmup = false)
    {
        using var run = TourActivitySource.StartRun("pool", RunId, workers, jobs, Begin);
        for (var worker = 0; warmup && worker < workers; worker++)
            Job(worker, worker, Begin, Begin, warmup: true);
        var rounds = (jobs + workers - 1) / workers;
        for (var i = 0; i < jobs; i++)
        {
            var start = Begin.AddMilliseconds(10 * (i / workers));
            Job(i, i % workers, start, start.AddMilliseconds(10), warmup: false);
        }

        run?.SetEndTime(Begin.AddMilliseconds(10 * rounds).UtcDateTime);
    }

    /// <summary>Two jobs as a worker measures them: one ended, one still running.</summary>
    public static void Measure()
    {
        TourMeter.JobStarted("sleep", TimeSpan.FromMilliseconds(3));
        TourMeter.JobEnded("sleep", JobStatusNames.Succeeded, TimeSpan.FromMilliseconds(40));
        TourMeter.JobStarted("sleep", queued: null);
    }

    private static void Job(int index, int worker, DateTimeOffset start, DateTimeOffset end, bool warmup)
    {
        var span = TourActivitySource.StartJob(
            new JobSpan { Kind = "sleep", RunId = RunId, Index = index, Worker = worker, Attempt = 1, Silo = "S1", Key = $"job-{index}", Warmup = warmup },
            start);
        TourActivitySource.EndJob(span, JobStatusNames.Succeeded, end: end);
    }
}
