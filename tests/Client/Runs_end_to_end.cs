using System.Globalization;
using System.Text.Json;
using AsyncTour.Client.Inputs;
using AsyncTour.Client.Tests.Support;
using AsyncTour.Grains.Jobs;

namespace AsyncTour.Client.Tests;

public sealed class Runs_end_to_end
{
    // Two workers that are handed their jobs one right after the other may note their starts the other way round.
    private const double AtOnce = 0.005;

    [Fact]
    public async Task The_json_object_is_the_contract()
    {
        using var run = await Invocation.Of("run", "sequential", "--jobs", "2", "--duration", "1ms", "--json");

        run.ExitCode.ShouldBe(0);
        run.Out.Masked().ShouldBeGolden("run-json");
    }

    [Fact]
    public async Task Everything_for_people_goes_to_the_error_stream_when_json_has_the_other()
    {
        using var run = await Invocation.Of("run", "pool", "--jobs", "3", "--duration", "0..2ms", "--seed", "7", "--json");

        using var json = JsonDocument.Parse(run.Out);
        run.Out.TrimEnd().ShouldNotContain('\n');
        run.Error.ShouldStartWith($"engine: {Silo.Engine.Name}, 1 silo{Environment.NewLine}3 sleep jobs of 0..2ms, --seed 7{Environment.NewLine}");
        run.Error.ShouldContain("3 jobs = 3 succeeded");
    }

    [Fact]
    public async Task A_pool_of_three_runs_three_at_once_and_starts_in_input_order()
    {
        using var run = await Invocation.Of("run", "pool", "--max-workers", "3", "--jobs", "10", "--duration", "0..60ms", "--seed", "42", "--json");

        using var json = JsonDocument.Parse(run.Out);
        var root = json.RootElement;
        root.GetProperty("succeeded").GetInt32().ShouldBe(10);
        root.GetProperty("peakConcurrency").GetInt32().ShouldBe(3);
        root.GetProperty("maxWorkers").GetInt32().ShouldBe(3);
        var outcomes = root.GetProperty("outcomes").EnumerateArray().ToList();
        outcomes.Select(static o => o.GetProperty("index").GetInt32()).ShouldBe(Enumerable.Range(0, 10));
        outcomes.Select(static o => o.GetProperty("value").GetString()).ShouldBe(Enumerable.Range(0, 10).Select(static i => $"{i}"));
        var starts = outcomes.Select(static o => o.GetProperty("startedSeconds").GetDouble()).ToList();
        starts.Zip(starts.Skip(1)).ShouldAllBe(static pair => pair.Second > pair.First - AtOnce);
    }

    [Fact]
    public async Task A_seed_that_was_printed_draws_the_same_jobs_again()
    {
        using var first = await Invocation.Of("run", "pool", "--jobs", "3", "--duration", "0..2ms");
        var seed = first.Out.Split('\n')[1].Split(' ')[^1].Trim();
        using var again = await Invocation.Of("run", "sequential", "--jobs", "3", "--duration", "0..2ms", "--seed", seed);

        again.Out.Split('\n')[1].ShouldBe(first.Out.Split('\n')[1]);
        var durations = DurationDistribution.TryParse("0..2ms", out var parsed) ? parsed : throw new InvalidOperationException();
        var twice = Enumerable.Range(0, 2).Select(_ => new SyntheticJobs(3, "sleep", durations, int.Parse(seed, CultureInfo.InvariantCulture)));
        var jobs = await Task.WhenAll(twice.Select(static input => input.ReadAsync().ToListAsync().AsTask()));
        jobs[0].ShouldBe(jobs[1]);
    }

    [Fact]
    public async Task A_failed_job_is_named_and_the_others_arrive()
    {
        using var run = await Invocation.Of("run", "pool", "--kind", "fail", "--jobs", "2");

        run.ExitCode.ShouldBe(1);
        run.Out.ShouldContain("failed: this job always fails");
        run.Out.ShouldContain("2 jobs = 2 failed");
    }

    [Fact]
    public async Task A_run_past_its_timeout_says_what_it_stopped()
    {
        using var run = await Invocation.Of("run", "wait-all", "--jobs", "3", "--duration", "10m", "--timeout", "80ms", "--json");

        run.ExitCode.ShouldBe(1);
        using var json = JsonDocument.Parse(run.Out);
        json.RootElement.GetProperty("timedOut").GetInt32().ShouldBe(3);
        run.Error.ShouldContain("stopped: the run's timeout of 80ms passed");
    }

    [Fact]
    public async Task The_executor_runs_blocking_jobs_when_no_kind_is_named()
    {
        using var run = await Invocation.Of("run", "executor", "--jobs", "2", "--duration", "1ms");

        run.ExitCode.ShouldBe(0);
        run.Out.ShouldContain("2 block jobs of 1ms");
    }

    [Fact]
    public async Task A_cold_run_has_no_warm_up()
    {
        using var warm = await Invocation.Of("run", "pool", "--jobs", "2", "--duration", "1ms");
        using var cold = await Invocation.Of("run", "pool", "--jobs", "2", "--duration", "1ms", "--cold");

        warm.Out.ShouldContain("not counted below; --cold leaves it out");
        cold.Out.ShouldNotContain("warm-up");
    }

    [Fact]
    public async Task Without_traces_there_are_numbers_and_no_picture()
    {
        using var run = new Invocation();
        await run.RunAsync("run", "pool", "--jobs", "2", "--duration", "1ms", "--trace-exporter", "otlp");

        run.Out.ShouldContain("run pool · wall");
        run.Out.ShouldNotContain("worker 0");
        Directory.GetFiles(run.Folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_run_can_be_audited_replayed_and_exported()
    {
        using var run = new Invocation();
        var html = Path.Combine(run.Folder.Path, "run.html");
        await run.RunAsync("run", "pool", "--jobs", "4", "--duration", "2ms", "--max-workers", "2");

        (await run.RunAsync("trace", "audit")).ShouldBe(0);
        (await run.RunAsync("trace", "audit", "--max-workers", "1")).ShouldBe(4);
        (await run.RunAsync("trace", "replay")).ShouldBe(0);
        (await run.RunAsync("trace", "html", "--output", html)).ShouldBe(0);

        run.Out.ShouldContain("the bound held at every instant");
        run.Out.ShouldContain("replayed  pool                  1");
        File.ReadAllText(html).ShouldStartWith("<!doctype html>", Case.Insensitive);
    }

    [Fact]
    public async Task A_run_can_be_listed_and_shown_again()
    {
        using var run = new Invocation();
        await run.RunAsync("run", "pool", "--jobs", "2", "--duration", "1ms");
        await run.RunAsync("trace", "list");
        await run.RunAsync("trace", "show");

        run.ExitCode.ShouldBe(0);
        run.Out.Masked().ShouldContain("pool-########");
        run.Out.Split('\n').Count(static line => line.StartsWith("worker 0 │", StringComparison.Ordinal)).ShouldBe(2);
    }
}
