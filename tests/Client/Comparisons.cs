using System.Text.Json;
using AsyncTour.Client.Tests.Support;

namespace AsyncTour.Client.Tests;

public sealed class Comparisons
{
    [Fact]
    public async Task Every_strategy_has_a_row_and_the_executor_runs_the_blocking_twin()
    {
        using var run = await Invocation.Of("compare", "--jobs", "4", "--duration", "10ms", "--max-workers", "2");

        run.ExitCode.ShouldBe(0);
        foreach (var strategy in Concurrency.Pools.Strategy.Names)
        {
            run.Out.ShouldContain($"{Environment.NewLine}{strategy} ");
        }

        run.Out.ShouldContain("executor ran block jobs, the blocking twins of sleep");
        run.Out.ShouldContain("times as fast as sequential");
    }

    [Fact]
    public async Task A_kind_that_cannot_block_is_a_row_that_says_why()
    {
        await using var server = await LoopbackServer.StartAsync();
        using var folder = new TempFolder();
        var urls = folder.Write("urls.txt", $"{server.Url}/a\n{server.Url}/b\n");
        using var run = await Invocation.Of("compare", "--kind", "http", "--input", urls);

        run.ExitCode.ShouldBe(0);
        run.Out.ShouldContain("executor        executor gives each job a thread to block, and http jobs await");
    }

    [Fact]
    public async Task The_json_object_has_a_run_for_each_strategy()
    {
        using var run = await Invocation.Of("compare", "--jobs", "2", "--duration", "1ms", "--json");

        using var json = JsonDocument.Parse(run.Out);
        json.RootElement.GetProperty("strategies").EnumerateArray()
            .Select(static s => s.GetProperty("run").GetProperty("succeeded").GetInt32()).ShouldBe([2, 2, 2, 2, 2]);
    }
}
