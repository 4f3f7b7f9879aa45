using System.Text.Json;
using AsyncTour.Client.Tests.Support;

namespace AsyncTour.Client.Tests;

public sealed class Interruptions
{
    [Fact]
    public async Task An_interrupted_run_stops_its_jobs_and_reports_what_had_finished()
    {
        await using var server = await LoopbackServer.StartAsync();
        using var folder = new TempFolder();
        var urls = folder.Write("urls.txt", $"{server.Url}/done\n{server.Url}/hang\n{server.Url}/never\n");
        using var run = new Invocation();
        var ended = run.RunAsync("run", "sequential", "--kind", "http", "--input", urls, "--json");

        await server.Requested("/hang");
        run.Interrupt();

        (await ended).ShouldBe(130);
        using var json = JsonDocument.Parse(run.Out);
        var outcomes = json.RootElement.GetProperty("outcomes").EnumerateArray().Select(static o => o.GetProperty("status").GetString());
        outcomes.ShouldBe(["succeeded", "cancelled", "not-started"]);
        run.Error.ShouldContain("3 jobs = 1 succeeded + 1 cancelled + 1 not started");
        run.Error.ShouldContain("stopped: interrupted");
    }

    [Fact]
    public async Task An_interruption_before_the_first_line_starts_nothing()
    {
        using var run = new Invocation();
        var ended = run.RunAsync("run", "pool", "--input", "-");

        run.Interrupt();

        (await ended).ShouldBe(130);
        run.Error.ShouldContain("interrupted before any job had started");
        run.Out.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_interruption_while_input_is_still_open_ends_the_run()
    {
        await using var server = await LoopbackServer.StartAsync();
        using var run = new Invocation();
        var ended = run.RunAsync("run", "pool", "--kind", "http", "--input", "-");

        await run.Type($"{server.Url}/hang");
        await server.Requested("/hang");
        run.Interrupt();

        (await ended).ShouldBe(130);
        run.Out.ShouldContain("stopped: interrupted");
        run.Out.ShouldNotContain("broke off");
    }
}
