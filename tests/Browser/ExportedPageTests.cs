using System.Globalization;
using Microsoft.Playwright;
using AsyncTour.Tracing.Conventions;

namespace AsyncTour.Browser.Tests;

/// <summary>The page that <c>trace html</c> writes, opened from the file. A browser takes longer than 250 ms to open a page.</summary>
public sealed class ExportedPageTests(Chromium chromium) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("asynctour-page-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task It_draws_a_row_for_each_worker_and_every_job()
    {
        var run = Runs.Pool("r-1", jobs: 100, workers: 8);
        await using var opened = await chromium.OpenAsync(Runs.Export(_folder, run));

        await opened.DrawnAsync(100);

        (await opened.DataAsync("rows")).ShouldBe("8");
        (await opened.Page.TitleAsync()).ShouldBe("run pool · AsyncTour");
        (await opened.Page.InnerTextAsync("#legend")).ShouldContain("99");
        (await opened.Page.InnerTextAsync("#facts")).ShouldContain("8 of 8");
        opened.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_hundred_thousand_jobs_are_drawn_within_two_seconds_of_script()
    {
        await using var opened = await chromium.OpenAsync(Runs.Export(_folder, Runs.Pool("big", jobs: 100_000, workers: 64)));
        await opened.DrawnAsync(100_000);

        var session = await opened.Page.Context.NewCDPSessionAsync(opened.Page);
        await session.SendAsync("Performance.enable");
        var metrics = (await session.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray();

        metrics.Single(static m => m.GetProperty("name").GetString() == "ScriptDuration").GetProperty("value").GetDouble().ShouldBeLessThan(2);
        double.Parse((await opened.DataAsync("draw-millis"))!, CultureInfo.InvariantCulture).ShouldBeLessThan(500);
        opened.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_job_that_is_named_like_a_script_is_only_text()
    {
        const string Hostile = "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">{{script}}";
        var job = Runs.Job(0, 0, 0, 20, JobStatusNames.Failed) with { Key = Hostile, Error = Hostile, Kind = Hostile, Silo = Hostile };
        var run = Runs.Of(Hostile, 1, job) with { Strategy = Hostile };
        await using var opened = await chromium.OpenAsync(Runs.Export(_folder, run));
        await opened.DrawnAsync(1);

        await opened.Page.FocusAsync("#timeline");
        await opened.Page.Keyboard.PressAsync("n");

        (await opened.Page.InnerTextAsync("#title")).ShouldBe("run " + Hostile);
        (await opened.Page.InnerTextAsync("#job .error")).ShouldBe(Hostile);
        (await opened.Page.InnerTextAsync("#job")).ShouldContain(Hostile);
        (await opened.Page.TitleAsync()).ShouldNotBe("owned");
        (await opened.Page.Locator("img").CountAsync()).ShouldBe(0);
        opened.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_keyboard_goes_from_job_to_job_and_to_the_next_failure()
    {
        await using var opened = await chromium.OpenAsync(Runs.Export(_folder, Runs.Pool("r-1", jobs: 120, workers: 4)));
        await opened.DrawnAsync(120);

        await opened.Page.Keyboard.PressAsync("n");
        (await opened.Page.InnerTextAsync("#job h2")).ShouldContain("Job 0");
        (await opened.Page.InnerTextAsync("#spoken")).ShouldStartWith("job 0, succeeded, worker 0");
        await opened.Page.Keyboard.PressAsync("e");
        (await opened.Page.InnerTextAsync("#job h2")).ShouldContain("Job 99");
        await opened.Page.Keyboard.PressAsync("Escape");
        (await opened.Page.Locator("#job").CountAsync()).ShouldBe(0);
        opened.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Pointing_at_a_job_tells_about_it_and_at_a_gap_its_cause()
    {
        await using var opened = await chromium.OpenAsync(Runs.Export(_folder, Runs.Of("r-1", 2, Runs.Job(0, 0, 0, 100), Runs.Job(1, 1, 0, 40))));
        await opened.DrawnAsync(2);
        var box = (await opened.Page.Locator("#timeline").BoundingBoxAsync())!;

        await opened.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + 50);
        (await opened.Page.InnerTextAsync("#tip")).ShouldStartWith("Job 0 · job-0");
        await opened.Page.Mouse.MoveAsync(box.X + (box.Width * 0.8f), box.Y + 95);
        (await opened.Page.InnerTextAsync("#tip")).ShouldBe("Idle 60.0 ms\nno input left", StringCompareShould.IgnoreLineEndings);
        opened.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ColorScheme.Light, "light", "dark")]
    [InlineData(ColorScheme.Dark, "dark", "light")]
    public async Task It_is_as_light_or_dark_as_the_system_until_told_otherwise(ColorScheme system, string first, string then)
    {
        await using var opened = await chromium.OpenAsync(Runs.Export(_folder, Runs.Pool("r-1", jobs: 10, workers: 2)), system);
        await opened.DrawnAsync(10);

        (await opened.Page.GetAttributeAsync("html", "data-theme")).ShouldBe(first);
        await opened.Page.Keyboard.PressAsync("t");
        (await opened.Page.GetAttributeAsync("html", "data-theme")).ShouldBe(then);
    }

    [Fact]
    public async Task Several_runs_are_a_list_first()
    {
        await using var opened = await chromium.OpenAsync(Runs.Export(_folder, Runs.Pool("one", 10, 1), Runs.Pool("two", 20, 2)));
        await opened.Page.WaitForSelectorAsync("#runs tbody tr");

        (await opened.Page.Locator("#runs tbody tr").CountAsync()).ShouldBe(2);
        await opened.Page.ClickAsync("text=two");
        await opened.DrawnAsync(20);
        await opened.Page.ClickAsync("#home");
        await opened.Page.WaitForSelectorAsync("#list:visible");
        opened.Complaints.ShouldBeEmpty();
    }
}
