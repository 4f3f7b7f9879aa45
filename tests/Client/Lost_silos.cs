using AsyncTour.Client.Connections;
using AsyncTour.Client.Tests.Support;

namespace AsyncTour.Client.Tests;

/// <summary>A silo that goes away under a run, for good or for a while.</summary>
public sealed class Lost_silos
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // Real seconds: the silo is a process of its own, started twice.
    [Fact]
    public async Task A_run_is_followed_across_its_silos_restart_and_one_line_tells_of_the_wait()
    {
        NeedAFolder();
        using var folder = new TempFolder();
        var port = LocalSilo.FreePort();
        using var run = new Invocation();
        Task<int> ended;
        using (var silo = await SiloProcess.StartAsync(port, folder.Path))
        {
            ended = run.RunAsync("run", "pool", "--jobs", "40", "--duration", "100ms", "--max-workers", "2", "--connect", $"localhost:{port}");
            await HasBegunAsync(port);
            await silo.KillAsync();
        }

        using var again = await SiloProcess.StartAsync(port, folder.Path);

        (await ended).ShouldBe(0);
        run.Out.ShouldContain("40 jobs = 40 succeeded");
        run.Error.ShouldBe($"the silo at localhost:{port} does not answer; asking again for up to 30 s{Environment.NewLine}");
    }

    [Theory]
    [InlineData("run", "pool", "--jobs", "40", "--duration", "100ms", "--max-workers", "2")]
    [InlineData("runs", "watch")]
    public async Task A_silo_that_stays_away_is_waited_for_with_pauses_and_then_given_up_in_one_sentence(params string[] command)
    {
        NeedAFolder();
        using var folder = new TempFolder();
        var port = LocalSilo.FreePort();
        var clock = new ImpatientClock();
        using var run = new Invocation { Time = clock };
        using var silo = await SiloProcess.StartAsync(port, folder.Path);
        if (command[0] == "runs")
        {
            using var left = await Invocation.Of("run", "pool", "--jobs", "40", "--duration", "100ms", "--max-workers", "2", "--detach", "--connect", $"localhost:{port}");
        }

        var ended = run.RunAsync([.. command, "--connect", $"localhost:{port}"]);
        await HasBegunAsync(port);
        while (command[0] == "runs" && !run.Out.Contains("run pool-", StringComparison.Ordinal))
        {
            await HasBegunAsync(port);
        }

        clock.Hurry();
        await silo.KillAsync();

        (await ended).ShouldBe(3);

        // The clock's leaps may take another half minute before the command has given up, and then it is told of once more.
        var lines = run.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldBe($"the silo at localhost:{port} does not answer; asking again for up to 30 s");
        lines[^1].ShouldStartWith($"asynctour: the silo at localhost:{port} was lost while the run went on; where runs are kept");
    }

    [Fact]
    public async Task Of_several_gateways_the_first_that_answers_is_used_and_another_when_it_is_lost()
    {
        NeedAFolder();
        using var folder = new TempFolder();
        var (nobody, first, second) = (LocalSilo.FreePort(), LocalSilo.FreePort(), LocalSilo.FreePort());
        using var run = new Invocation();
        Task<int> ended;
        using (var silo = await SiloProcess.StartAsync(first, folder.Path))
        {
            ended = run.RunAsync("run", "pool", "--jobs", "40", "--duration", "100ms", "--max-workers", "2", "--connect", $"localhost:{nobody},localhost:{first},localhost:{second}");
            await HasBegunAsync(first);
            await silo.KillAsync();
        }

        // Its successor has what it kept, and is somewhere else.
        using var successor = await SiloProcess.StartAsync(second, folder.Path);

        (await ended).ShouldBe(0);
        run.Out.ShouldContain($"1 silo at localhost:{first}, localhost:{nobody}, localhost:{second}");
        run.Out.ShouldContain("40 jobs = 40 succeeded");
        run.Error.ShouldBe($"the cluster at localhost:{first}, localhost:{nobody}, localhost:{second} does not answer; asking again for up to 30 s{Environment.NewLine}");
    }

    [Fact]
    public async Task Where_none_of_several_gateways_answers_the_sentence_names_them_all()
    {
        using var run = await Invocation.Of("run", "pool", "--connect", "localhost:1,localhost:2");

        run.ExitCode.ShouldBe(3);
        run.Error.ShouldStartWith("asynctour: no silo answers at localhost:1, localhost:2: start one");
    }

    private static void NeedAFolder() =>
        Assert.SkipUnless(Silo.Engine.Name == "simulator", "Orleans' silos keep runs in Redis, which this test does not start");

    // A run that has begun, as another client sees it.
    private static async Task HasBegunAsync(int port)
    {
        await using var other = await Remote.OpenAsync(new GatewayList([new GatewayAddress("localhost", port)]), Stop);
        while (await other.Runs.ListAsync() is not [var entry, ..] || await other.Runs.Find(entry.RunId).StatusAsync() is not { Ledger.Succeeded: > 0 })
        {
            Stop.ThrowIfCancellationRequested();
        }
    }
}
