using System.Text.Json;
using AsyncTour.Client.Tests.Support;

namespace AsyncTour.Client.Tests;

public sealed class Real_input
{
    [Fact]
    public async Task Urls_of_a_file_are_fetched_and_the_ones_that_cannot_be_are_named()
    {
        await using var server = await LoopbackServer.StartAsync();
        using var folder = new TempFolder();
        var urls = folder.Write("urls.txt", $"# pages\n{server.Url}/a\n\n{server.Url}/missing\nhttp://127.0.0.1:1/\n{server.Url}/b\n");
        using var run = await Invocation.Of("run", "pool", "--kind", "http", "--input", urls, "--max-workers", "3");

        run.ExitCode.ShouldBe(1);
        run.Out.ShouldContain("200, 8 bytes");
        run.Out.ShouldContain("404");
        run.Out.ShouldContain("http://127.0.0.1:1/");
        run.Out.ShouldContain("refused");
        run.Out.ShouldContain("4 jobs = 2 succeeded + 2 failed");
    }

    [Fact]
    public async Task A_line_is_its_own_key_unless_a_tab_sets_one_apart()
    {
        using var folder = new TempFolder();
        var jobs = folder.Write("jobs.txt", "1ms\nslow one\t2ms\n");
        using var run = await Invocation.Of("run", "sequential", "--input", jobs, "--json");

        using var json = JsonDocument.Parse(run.Out);
        json.RootElement.GetProperty("outcomes").EnumerateArray().Select(static o => o.GetProperty("key").GetString()).ShouldBe(["1ms", "slow one"]);
    }

    [Fact]
    public async Task A_typed_job_runs_before_the_next_is_typed()
    {
        await using var server = await LoopbackServer.StartAsync();
        using var run = new Invocation();
        var ended = run.RunAsync("run", "pool", "--kind", "http", "--input", "-", "--max-workers", "2", "--json");

        await run.Type($"{server.Url}/one");
        await server.Requested("/one");
        await run.Type($"{server.Url}/two");
        await server.Requested("/two");
        await run.EndInput();

        (await ended).ShouldBe(0);
        using var json = JsonDocument.Parse(run.Out);
        json.RootElement.GetProperty("submitted").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task A_bad_line_that_is_typed_ends_the_input_and_the_jobs_before_it_end_in_peace()
    {
        await using var server = await LoopbackServer.StartAsync();
        using var run = new Invocation();
        var ended = run.RunAsync("run", "pool", "--kind", "http", "--input", "-");

        await run.Type($"{server.Url}/one");
        await server.Requested("/one");
        await run.Type("nonsense");

        (await ended).ShouldBe(1);
        run.Out.ShouldContain("1 job = 1 succeeded");
        run.Out.ShouldContain("the input broke off: standard input, line 2: 'nonsense' is not an absolute http or https URL");
    }
}
