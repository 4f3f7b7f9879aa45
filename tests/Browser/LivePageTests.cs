using AsyncTour.Tracing.Conventions;
using AsyncTour.Tracing.Recording;
using AsyncTour.Tracing.Rendering.Page;

namespace AsyncTour.Browser.Tests;

/// <summary>The page as a silo serves it: it asks for the runs, then for one of them while it goes on.</summary>
public sealed class LivePageTests(Chromium chromium) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("asynctour-live-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_run_appears_while_it_goes_on_moves_and_ends()
    {
        var live = new LiveRuns();
        using var recorder = TraceRecorder.Start(new TraceRecorderOptions { Folder = _folder, Watcher = live });
        using var server = new PageServer(new TimelineSite(live));
        await using var opened = await chromium.OpenAsync(server.Address);
        await opened.Page.WaitForSelectorAsync("#empty:visible");
        (await opened.Page.InnerTextAsync("#scope")).ShouldContain("each shows its own workers");

        var run = TourActivitySource.StartRun("pool", "live-1", maxWorkers: 2, jobs: 3)!;
        TourActivitySource.EndJob(Begin(0, 0), JobStatusNames.Succeeded);
        var second = Begin(1, 1);
        await opened.Page.ClickAsync("text=live-1");
        await opened.DrawnAsync(2);
        (await opened.Page.InnerTextAsync("#state")).ShouldBe("live · this silo's spans");
        (await opened.Page.InnerTextAsync("#legend")).ShouldContain("running");
        (await opened.Page.InnerTextAsync("#facts")).ShouldContain("of 3");

        TourActivitySource.EndJob(second, JobStatusNames.Failed, new InvalidOperationException("no luck"));
        TourActivitySource.EndJob(Begin(2, 0), JobStatusNames.Succeeded);
        await opened.DrawnAsync(3);
        run.Dispose();
        await opened.Page.WaitForSelectorAsync("#facts >> text=Efficiency");

        (await opened.Page.InnerTextAsync("#legend")).ShouldNotContain("running");
        (await opened.Page.InnerTextAsync("#legend")).ShouldContain("failed");
        (await opened.DataAsync("rows")).ShouldBe("2");
        (await opened.Page.InnerTextAsync("#side")).ShouldContain("25.0 ms");
        opened.Complaints.ShouldBeEmpty();
    }

    private static System.Diagnostics.Activity? Begin(int index, int worker) => TourActivitySource.StartJob(
        new JobSpan { Kind = "sleep", RunId = "live-1", Index = index, Worker = worker, Attempt = 1, Silo = "S1", Queued = TimeSpan.FromMilliseconds(25) });
}
