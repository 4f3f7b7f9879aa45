using System.Text.Json;
using AsyncTour.Client.Tests.Support;

namespace AsyncTour.Client.Tests;

public sealed class Promises_between_terminals : IAsyncLifetime
{
    private LocalSilo _silo = null!;

    public async ValueTask InitializeAsync() => _silo = await LocalSilo.StartAsync();

    public async ValueTask DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task One_terminal_makes_it_another_sets_it_a_third_reads_it()
    {
        using var made = await Promise("new");
        var id = made.Out.Trim();
        made.ExitCode.ShouldBe(0);
        using var open = await Promise("get", id);
        (open.ExitCode, open.Out).ShouldBe((0, "pending\n"));

        using var set = await Promise("set", id, "{\"name\": \"Sam\"}");
        using var get = await Promise("get", id);
        using var waited = await Promise("wait", id);

        (set.ExitCode, set.Out).ShouldBe((0, ""));
        (get.ExitCode, get.Out).ShouldBe((0, "{\"name\":\"Sam\"}\n"));
        (waited.ExitCode, waited.Out).ShouldBe((0, "{\"name\":\"Sam\"}\n"));
        get.Error.ShouldContain($"the promise '{id}' is done, by ");
    }

    [Fact]
    public async Task A_terminal_that_waits_goes_on_when_another_sets_it()
    {
        using var made = await Promise("new", "awaited");
        var waiting = Promise("wait", "awaited");
        using (var set = await Promise("set", "awaited", "hello world"))
        {
            set.ExitCode.ShouldBe(0);
        }

        using var waited = await waiting;

        (waited.ExitCode, waited.Out).ShouldBe((0, "\"hello world\"\n"));
    }

    [Fact]
    public async Task A_failed_promise_is_1_a_cancelled_one_130_and_an_unknown_one_2()
    {
        using var a = await Promise("new", "fails");
        using var b = await Promise("new", "cancelled");
        using var fail = await Promise("fail", "fails", "disk full");
        using var cancel = await Promise("cancel", "cancelled", "no need");

        using var failed = await Promise("wait", "fails");
        using var cancelled = await Promise("wait", "cancelled");
        using var unknown = await Promise("wait", "unheard-of");

        (fail.ExitCode, cancel.ExitCode).ShouldBe((0, 0));
        (failed.ExitCode, failed.Out).ShouldBe((1, ""));
        failed.Error.ShouldContain("disk full");
        (cancelled.ExitCode, cancelled.Out).ShouldBe((130, ""));
        cancelled.Error.ShouldContain("no need");
        (unknown.ExitCode, unknown.Out).ShouldBe((2, ""));
        unknown.Error.ShouldContain("asynctour: there is no promise 'unheard-of'");
    }

    [Fact]
    public async Task The_second_settlement_is_told_that_it_lost()
    {
        using var made = await Promise("new", "once");
        using var first = await Promise("set", "once", "1");

        using var second = await Promise("set", "once", "2");
        using var late = await Promise("cancel", "once");
        using var get = await Promise("get", "once");

        (second.ExitCode, late.ExitCode).ShouldBe((1, 1));
        second.Error.ShouldContain("not settled again, the first settlement wins: the promise 'once' is done");
        get.Out.ShouldBe("1\n");
    }

    [Fact]
    public async Task A_wait_that_gives_up_leaves_it_as_it_is()
    {
        using var made = await Promise("new", "slow");

        using var waited = await Promise("wait", "slow", "--timeout", "20ms");

        waited.ExitCode.ShouldBe(1);
        waited.Error.ShouldContain("the promise 'slow' is not settled after 20ms; it is as it was");
    }

    [Fact]
    public async Task A_job_of_a_detached_run_is_awaited_and_cancelled_from_other_terminals()
    {
        using var run = await Invocation.Of("run", "pool", "--max-workers", "1", "--jobs", "2", "--duration", "30ms", "--detach", "--connect", _silo.Address);
        var id = run.Out.Trim();
        run.ExitCode.ShouldBe(0);
        using var waited = await Promise("wait", id + "/0");
        (waited.ExitCode, waited.Out).ShouldBe((0, "\"0\"\n"));

        using var endless = await Invocation.Of("run", "sequential", "--jobs", "2", "--duration", "1h", "--detach", "--json", "--connect", _silo.Address);
        id = JsonElement.Parse(endless.Out).GetProperty("run").GetString()!;
        using var first = await Promise("cancel", id + "/0", "seen enough");
        using var second = await Promise("cancel", id + "/1");
        using var again = await Promise("wait", id + "/0");

        (first.ExitCode, second.ExitCode, again.ExitCode).ShouldBe((0, 0, 130));
        again.Error.ShouldContain("stopped: seen enough");
    }

    [Fact]
    public async Task Json_is_one_object_and_nothing_else()
    {
        using var made = await Promise("new", "told", "--ttl", "5m", "--json");
        using var set = await Promise("set", "told", "[1, 2]", "--json");

        var before = JsonElement.Parse(made.Out);
        var after = JsonElement.Parse(set.Out);
        (before.GetProperty("promise").GetString(), before.GetProperty("state").GetString(), before.GetProperty("timeToLiveSeconds").GetDouble()).ShouldBe(("told", "pending", 300));
        (after.GetProperty("state").GetString(), after.GetProperty("value").GetRawText()).ShouldBe(("done", "[1,2]"));
        string.Join(' ', after.EnumerateObject().Select(static p => p.Name))
            .ShouldBe("promise state value error errorType created createdBy settled settledBy timeToLiveSeconds expires waiting");
    }

    private Task<Invocation> Promise(params string[] words) => Invocation.Of(["promise", .. words, "--connect", _silo.Address]);
}
