using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Messaging;

namespace AsyncTour.Simulator.Tests;

/// <summary>A client whose silo goes away: calls that have not begun wait for one, or go to another.</summary>
public sealed class GatewayRingTests
{
    private readonly ConcurrentQueue<string> _heard = new();
    private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_to_a_silo_that_is_stopping_is_answered_by_its_successor()
    {
        var port = TwoProcesses.FreePort();
        using var silo = await TwoProcesses.StartSiloAsync(port);
        using var client = await TwoProcesses.StartClientAsync(port, one => Listening(one));
        var grain = Grain(client);
        using var stop = new CancellationTokenSource();
        var inFlight = grain.Wait(stop.Token);
        await grain.Begun();
        var stopping = silo.StopAsync(Stop);

        var late = grain.Echo("late");
        await _lost.Task.WaitAsync(TimeSpan.FromSeconds(20), Stop);
        late.IsCompleted.ShouldBeFalse("it was not begun, and may be yet");
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => inFlight);
        await stopping;
        using var successor = await TwoProcesses.StartSiloAsync(port);

        (await late).ShouldBe("late");
        _heard.ShouldBe(["1 to 0", "lost", "0 to 1, recovered"]);
        await successor.StopAsync(Stop);
    }

    [Fact]
    public async Task A_call_that_waits_for_a_silo_can_be_cancelled()
    {
        var (silo, port) = await SiloAsync();
        using var client = await TwoProcesses.StartClientAsync(port, one => Listening(one));
        await EndAsync(silo);
        using var stop = new CancellationTokenSource();

        var waiting = Grain(client).Wait(stop.Token);
        await _lost.Task.WaitAsync(TimeSpan.FromSeconds(20), Stop);
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task A_silo_that_stays_away_is_not_waited_for_any_longer_than_was_said()
    {
        var (silo, port) = await SiloAsync();
        using var client = await TwoProcesses.StartClientAsync(port, one => Listening(one).Configure<GatewaySettings>(static settings => settings.ReadyTimeout = TimeSpan.FromMilliseconds(120)));
        await EndAsync(silo);

        (await Should.ThrowAsync<SiloUnavailableException>(() => Grain(client).Echo("gone"))).Message.ShouldContain("did not run");
        _heard.ShouldBe(["1 to 0", "lost"]);
    }

    [Fact]
    public async Task The_first_gateway_that_answers_is_used_and_the_next_when_it_is_lost()
    {
        var nobody = TwoProcesses.FreePort();
        var (one, first) = await SiloAsync();
        var (other, second) = await SiloAsync();
        using var client = await TwoProcesses.StartClientAsync(nobody, builder => Listening(builder).UseStaticClustering(At(first), At(second)));
        var adder = client.Services.GetRequiredService<IClusterClient>().GetGrain<IAdderGrain>(1);
        (await adder.Add(1)).ShouldBe(1);
        (await adder.Add(1)).ShouldBe(2, "while it is there, the first that answered is used");

        await EndAsync(one);

        (await adder.Add(1)).ShouldBe(1, "the other silo's own");
        _heard.ShouldBeEmpty("there was always one");
        await EndAsync(other);
    }

    [Fact]
    public async Task A_gateway_of_another_cluster_is_never_gone_over_to()
    {
        var (one, first) = await SiloAsync();
        var (other, second) = await SiloAsync(static silo => silo.Configure<ClusterOptions>(static options => options.ServiceId = "other"));
        using var client = await TwoProcesses.StartClientAsync(first, builder => builder.UseStaticClustering(At(second)).Configure<GatewaySettings>(static settings => settings.ReadyTimeout = TimeSpan.Zero));

        await EndAsync(one);

        (await Should.ThrowAsync<SiloUnavailableException>(() => Grain(client).Echo("x"))).Message.ShouldContain("service other");
        await EndAsync(other);
    }

    [Fact]
    public async Task Where_no_gateway_answers_the_first_says_why() =>
        (await Should.ThrowAsync<ConnectionFailedException>(() => TwoProcesses.StartClientAsync(1, static client => client.UseStaticClustering(At(2))))).Message.ShouldContain("127.0.0.1:1/");

    private static IPEndPoint At(int port) => new(IPAddress.Loopback, port);

    private static IRemoteGrain Grain(IHost client) => client.Services.GetRequiredService<IClusterClient>().GetGrain<IRemoteGrain>("ring");

    private static async Task<(IHost Silo, int Port)> SiloAsync(Action<ISiloBuilder>? configure = null)
    {
        var port = TwoProcesses.FreePort();
        return (await TwoProcesses.StartSiloAsync(port, configure), port);
    }

    private static async Task EndAsync(IHost silo)
    {
        await silo.StopAsync(Stop);
        silo.Dispose();
    }

    private IClientBuilder Listening(IClientBuilder client) => client
        .AddGatewayCountChangedHandler((_, e) => _heard.Enqueue($"{e.PreviousNumberOfConnectedGateways} to {e.NumberOfConnectedGateways}{(e.ConnectionRecovered ? ", recovered" : "")}"))
        .AddClusterConnectionLostHandler((_, _) =>
        {
            _heard.Enqueue("lost");
            _lost.TrySetResult();
        });
}
