using System.Diagnostics;
using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;
using AsyncTour.Tracing.Conventions;

namespace AsyncTour.Grains.Tests.Runs;

public sealed class QueueTimeTests(SiloFixture silo)
{
    [Fact]
    public async Task A_job_behind_another_says_how_long_it_has_waited()
    {
        var id = silo.NewRunId();
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == SourceNames.Tour,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                lock (spans)
                {
                    spans.Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);

        var jobs = Enumerable.Range(0, 2).Select(i => new Job(i, "sleep", "20ms", $"k{i}")).ToAsyncEnumerable();
        var run = await silo.Runs.StartAsync(id, new RunSpec { Strategy = "sequential" }, jobs);
        await foreach (var _ in run.ReadAsync())
        {
        }

        var first = SpanOf(0);
        var second = SpanOf(1);
        QueuedOf(second).ShouldBeGreaterThanOrEqualTo(first.Duration);
        QueuedOf(first).ShouldBeLessThan(QueuedOf(second));

        Activity SpanOf(int index)
        {
            lock (spans)
            {
                return spans.Single(span => id.Equals(span.GetTagItem(AttributeNames.RunId)) && index.Equals(span.GetTagItem(AttributeNames.JobIndex)));
            }
        }
    }

    private static TimeSpan QueuedOf(Activity span) => TimeSpan.FromSeconds((double)span.GetTagItem(AttributeNames.JobQueued)!);
}
