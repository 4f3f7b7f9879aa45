using AsyncTour.Tracing.Analysis;
using AsyncTour.Tracing.Conventions;
using AsyncTour.Tracing.Rendering;

namespace AsyncTour.Tracing.Tests.Rendering;

public sealed class RunViewTests
{
    [Fact]
    public void Ten_jobs_with_everything_that_follows_look_like_this() =>
        Golden.Matches("view-pool.txt", RunView.Text(Bars.PoolOfThree(), new WaterfallOptions { Width = 80 }));

    [Fact]
    public void Ten_thousand_jobs_on_sixty_four_workers_look_like_this() =>
        Golden.Matches("view-ten-thousand.txt", RunView.Text(TenThousand(), new WaterfallOptions { Width = 100, MaxRows = 16 }));

    [Fact]
    public void The_report_in_JSON_is_a_contract() =>
        Golden.Matches("report.json", RunReport.Of(Bars.PoolOfThree()).ToJson() + "\n");

    private static RunTimeline TenThousand()
    {
        const int Workers = 64;
        var random = new Random(7);
        var free = new double[Workers];
        var jobs = new List<JobBar>();
        for (var i = 0; i < 10_000; i++)
        {
            var worker = Array.IndexOf(free, free.Min());
            var status = i % 997 == 5 ? JobStatusNames.Failed : JobStatusNames.Succeeded;
            var finish = free[worker] + (20 * (0.5 + random.NextDouble()));
            jobs.Add(Bars.Job(i, worker, free[worker], finish, status));
            free[worker] = finish + 0.2;
        }

        return Bars.Run("pool", Workers, free.Max() + 3, [.. jobs]);
    }
}
