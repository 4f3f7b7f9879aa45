using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AsyncTour.Grains.Jobs;
using AsyncTour.Silo.Tests.Support;

namespace AsyncTour.Silo.Tests;

public sealed class Silos_as_processes
{
    [Fact]
    public async Task A_silo_that_is_told_to_stop_says_what_was_running_stops_within_seconds_and_the_next_ends_it()
    {
        Rounds.NeedAFolder();
        using var folder = new StateFolder();
        await using (var silo = await SiloProcess.StartAsync(folder.Path))
        {
            await using var client = await SiloClient.ConnectAsync(silo);
            var run = await client.Runs.StartAsync("stopped", Jobs.Pool with { MaxWorkers = 4 }, Jobs.Sleeps(60, "100ms"));
            await run.Feeding;
            await run.FirstAsync(8);
            var asked = Stopwatch.GetTimestamp();
            (await silo.TerminateAsync()).ShouldBe(0, silo.Output);
            Stopwatch.GetElapsedTime(asked).ShouldBeLessThan(TimeSpan.FromSeconds(10));
            silo.Output.ShouldContain("run stopped had not ended: ");
            silo.Output.ShouldContain("of 60 jobs done");
            silo.Output.ShouldEndWith("silo silo-0 has stopped");
        }

        await using var next = await SiloProcess.StartAsync(folder.Path);
        await using var reader = await SiloClient.ConnectAsync(next);
        var outcomes = await reader.Runs.Find("stopped").AllAsync();
        outcomes.Select(o => o.Index).Order().ShouldBe(Enumerable.Range(0, 60));
        outcomes.ShouldAllBe(o => o.Status == JobStatus.Succeeded);
    }

    [Fact]
    public async Task A_silo_that_is_told_to_stop_does_not_wait_for_long_jobs()
    {
        Rounds.NeedAFolder();
        using var folder = new StateFolder();
        await using var silo = await SiloProcess.StartAsync(folder.Path);
        await using var client = await SiloClient.ConnectAsync(silo);
        await client.Runs.StartAsync("long", Jobs.Pool, Jobs.Sleeps(20, "10m"));
        var asked = Stopwatch.GetTimestamp();
        (await silo.TerminateAsync()).ShouldBe(0, silo.Output);
        Stopwatch.GetElapsedTime(asked).ShouldBeLessThan(TimeSpan.FromSeconds(15));
        silo.Output.ShouldContain("run long had not ended: 0 of 20 jobs done");
    }

    [Fact]
    public async Task A_port_that_is_taken_is_one_sentence_and_exit_code_2()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = ((IPEndPoint)other.LocalEndpoint).Port;
        using var folder = new StateFolder();
        await using var silo = SiloProcess.Launch(folder.Path, taken, SiloProcess.FreePort());
        (await silo.ExitAsync()).ShouldBe(2);
        (await silo.ErrorsAsync()).ShouldBe($"silo: port {taken} is taken, perhaps by another silo: give another with --port\n");
        silo.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_pages_port_taken_is_told_apart()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = ((IPEndPoint)other.LocalEndpoint).Port;
        using var folder = new StateFolder();
        await using var silo = SiloProcess.Launch(folder.Path, SiloProcess.FreePort(), taken);
        (await silo.ExitAsync()).ShouldBe(2);
        (await silo.ErrorsAsync()).ShouldBe($"silo: port {taken} is taken, perhaps by another silo: give another with --http-port, or 0 for no pages\n");
    }
}
