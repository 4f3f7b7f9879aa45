using System.Text.Json;
using AsyncTour.Client.Connections;
using AsyncTour.Client.Tests.Support;
using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;

namespace AsyncTour.Client.Tests;

public sealed class Lost_clients
{
    private const string Loss = "its client was lost before the input ended; 2 jobs were given";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_lost_its_client_ends_and_says_so_wherever_it_is_looked_at()
    {
        await using var silo = await LocalSilo.StartAsync();
        await using (var client = await Remote.OpenAsync(GatewayList.Parse(silo.Address, out _)!, Stop))
        {
            // What a client leaves behind that is killed while its input is open; the lease is short, and the watcher waits for it.
            var spec = new RunSpec { Strategy = "pool", MaxWorkers = 1, InputLease = TimeSpan.FromMilliseconds(50) };
            await client.Grains.GetGrain<IRunGrain>("pool-left").Start(spec, [new Job(0, "sleep", "1ms", "a"), new Job(1, "sleep", "1ms", "b")], isSealed: false);
        }

        using var watch = await Invocation.Of("runs", "watch", "pool-left", "--connect", silo.Address);
        using var show = await Invocation.Of("runs", "show", "pool-left", "--connect", silo.Address);
        using var json = await Invocation.Of("runs", "show", "pool-left", "--json", "--connect", silo.Address);

        watch.ExitCode.ShouldBe(1, "nobody knows what the rest of the input was");
        watch.Out.ShouldContain("2 jobs = 2 succeeded");
        watch.Out.ShouldContain(Loss);
        show.Out.ShouldContain(Loss);
        using var document = JsonDocument.Parse(json.Out);
        document.RootElement.GetProperty("inputLoss").GetString().ShouldBe(Loss);
    }

    [Fact]
    public async Task A_run_that_has_ended_does_not_wait_for_a_line_that_nobody_types()
    {
        using var run = new Invocation();
        var ended = run.RunAsync("run", "pool", "--kind", "fail", "--on-error", "fail-fast", "--input", "-", "--cold");

        await run.Type("no luck");

        (await ended.WaitAsync(TimeSpan.FromSeconds(20), Stop)).ShouldBe(1);
        run.Out.ShouldContain("stopped: fail-fast: job 0 failed with: no luck");
    }
}
