using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Messaging;
using Orleans.Serialization;

namespace AsyncTour.Simulator.Tests;

public sealed class GatewayClientTests(TwoProcesses processes)
{
    private static int _keys;
    private readonly IRemoteGrain _grain = processes.Client.GetGrain<IRemoteGrain>($"remote/{Interlocked.Increment(ref _keys)}");

    [Fact]
    public async Task Arguments_and_results_cross_with_their_types()
    {
        (await _grain.Echo("ünïcödé/☕ %2F")).ShouldBe("ünïcödé/☕ %2F");
        var shapes = await _grain.Shapes(new Circle { Name = "c", Radius = 2.5 }, 2, DateTimeOffset.UnixEpoch);
        shapes.ShouldBe([new Circle { Name = "c", Radius = 2.5 }, new Circle { Name = "c", Radius = 2.5 }]);
        (await _grain.Large(5_000_000)).Length.ShouldBe(5_000_000);
    }

    [Fact]
    public async Task A_reference_that_crosses_calls_by_the_link_of_its_receiver()
    {
        var self = await _grain.Self();
        (await self.Echo("still here")).ShouldBe("still here");
    }

    [Fact]
    public async Task Number_keys_and_the_management_grain_are_reached()
    {
        await processes.Client.GetGrain<IAdderGrain>(-5).Add(2);
        (await processes.Client.GetGrain<IAdderGrain>(-5).Add(3)).ShouldBe(5);
        (await processes.Client.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/../b?c#d")]
    [InlineData("%41%2F 100%")]
    public async Task A_key_may_hold_any_character(string key) =>
        (await processes.Client.GetGrain<IRemoteGrain>(key).Self()).GetPrimaryKeyString().ShouldBe(key);

    [Fact]
    public async Task Exceptions_cross_by_type_and_unknown_ones_as_a_fallback()
    {
        var plain = await Should.ThrowAsync<FormatException>(() => _grain.Throw("plain"));
        (plain.Message, plain.InnerException!.Message).ShouldBe(("plain", "inner"));
        (await Should.ThrowAsync<OwnException>(() => _grain.Throw("own"))).Code.ShouldBe(7);
        var foreign = await Should.ThrowAsync<UnavailableExceptionFallbackException>(() => _grain.Throw("foreign"));
        (foreign.Message, foreign.ExceptionType).ShouldBe(("yours", typeof(ForeignException).FullName));
    }

    [Fact]
    public async Task A_cancelled_caller_waits_until_the_callee_has_stopped()
    {
        using var stop = new CancellationTokenSource();
        var call = _grain.Wait(stop.Token);
        await _grain.Begun();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);
        (await _grain.Stopped()).ShouldBe(1);
    }

    [Fact]
    public async Task Request_context_and_trace_context_cross()
    {
        RequestContext.Set("who", "me");
        (await _grain.Context("who")).ShouldBe("me");
        RequestContext.Clear();
        using var source = new ActivitySource("AsyncTour.GatewayTest");
        using var listener = new ActivityListener
        {
            ShouldListenTo = static one => one.Name.StartsWith("Microsoft.Orleans", StringComparison.Ordinal) || one.Name == "AsyncTour.GatewayTest",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        using var root = source.StartActivity("root")!;
        (await _grain.TraceParent()).ShouldBe(root.TraceId.ToString());
    }

    [Fact]
    public async Task Request_context_keeps_its_types()
    {
        object[] values = [true, (byte)1, -2, 3L, 4UL, 0.1, double.NaN, 1.50m, 'c', Guid.Parse("0192f0c0-0000-7000-8000-000000000001"), new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), DateTimeOffset.UnixEpoch, TimeSpan.FromTicks(1), new DateOnly(2026, 1, 2), "text"];
        foreach (var value in values)
        {
            RequestContext.Set("value", value);
            (await _grain.ContextKind("value")).ShouldBe($"{value.GetType().Name} {Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)}");
        }

        RequestContext.Set("value", new Circle());
        (await Should.ThrowAsync<NotSupportedException>(() => _grain.ContextKind("value"))).Message.ShouldContain("'value' is a Circle; the Simulator's gateway carries String, Boolean");
        RequestContext.Clear();
    }

    [Fact]
    public async Task A_client_without_a_silo_is_told_so_at_start()
    {
        var port = TwoProcesses.FreePort();
        (await Should.ThrowAsync<ConnectionFailedException>(() => TwoProcesses.StartClientAsync(port))).Message.ShouldContain($"127.0.0.1:{port}");
    }

    [Fact]
    public async Task A_client_of_another_cluster_is_refused_at_start() =>
        (await Should.ThrowAsync<ConnectionFailedException>(() => TwoProcesses.StartClientAsync(processes.Port, client => client.Configure<ClusterOptions>(options => options.ServiceId = "other"))))
            .Message.ShouldContain("service other");

    [Fact]
    public async Task A_silo_that_goes_away_fails_the_calls_in_flight()
    {
        var port = TwoProcesses.FreePort();
        var silo = await TwoProcesses.StartSiloAsync(port);
        using var client = await TwoProcesses.StartClientAsync(port, Impatient);
        var grain = client.Services.GetRequiredService<IClusterClient>().GetGrain<IRemoteGrain>("x");
        await grain.Echo("warm");
        await silo.StopAsync(TestContext.Current.CancellationToken);
        silo.Dispose();
        await Should.ThrowAsync<SiloUnavailableException>(() => grain.Echo("gone"));
    }

    [Fact]
    public async Task A_silo_that_is_stopping_refuses_new_calls_and_answers_those_in_flight()
    {
        var port = TwoProcesses.FreePort();
        using var silo = await TwoProcesses.StartSiloAsync(port);
        using var client = await TwoProcesses.StartClientAsync(port, Impatient);
        var grain = client.Services.GetRequiredService<IClusterClient>().GetGrain<IRemoteGrain>("stopping");
        using var stop = new CancellationTokenSource();
        var inFlight = grain.Wait(stop.Token);
        await grain.Begun();

        var stopping = silo.StopAsync(CancellationToken.None);
        var late = await Should.ThrowAsync<SiloUnavailableException>(() => grain.Echo("late"));
        late.Message.ShouldContain("stopping");
        late.Message.ShouldContain("did not run");
        inFlight.IsCompleted.ShouldBeFalse();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => inFlight);
        await stopping;
        (await Should.ThrowAsync<SiloUnavailableException>(() => grain.Echo("gone"))).Message.ShouldContain("did not run");
    }

    [Fact]
    public async Task A_call_that_does_not_end_holds_up_its_silo_no_longer_than_the_host_is_patient()
    {
        var port = TwoProcesses.FreePort();
        using var silo = await TwoProcesses.StartSiloAsync(port, static silo => silo.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(100)));
        using var client = await TwoProcesses.StartClientAsync(port);
        var grain = client.Services.GetRequiredService<IClusterClient>().GetGrain<IRemoteGrain>("endless");
        var endless = grain.Wait(CancellationToken.None);
        await grain.Begun();
        await silo.StopAsync(CancellationToken.None);
        (await Should.ThrowAsync<SiloUnavailableException>(() => endless)).Message.ShouldContain("whether IRemoteGrain/Wait on");
    }

    [Fact]
    public async Task A_second_silo_on_the_same_port_says_what_is_wrong() =>
        (await Should.ThrowAsync<OrleansConfigurationException>(() => TwoProcesses.StartSiloAsync(processes.Port))).Message.ShouldContain($"{processes.Port}");

    [Fact]
    public async Task Other_addresses_need_a_token_and_then_want_it()
    {
        var port = TwoProcesses.FreePort();
        void Listen(ISiloBuilder silo) => silo.Configure<EndpointOptions>(options => options.GatewayListeningEndpoint = new System.Net.IPEndPoint(System.Net.IPAddress.Any, port));
        (await Should.ThrowAsync<OrleansConfigurationException>(() => TwoProcesses.StartSiloAsync(port, Listen))).Message.ShouldContain("token");

        using var silo = await TwoProcesses.StartSiloAsync(port, builder =>
        {
            Listen(builder);
            builder.Configure<GatewaySettings>(settings => settings.Token = "secret");
        });
        (await Should.ThrowAsync<ConnectionFailedException>(() => TwoProcesses.StartClientAsync(port))).Message.ShouldContain("token");
        using var client = await TwoProcesses.StartClientAsync(port, builder => builder.Configure<GatewaySettings>(settings => settings.Token = "secret"));
        (await client.Services.GetRequiredService<IClusterClient>().GetGrain<IRemoteGrain>("x").Echo("in")).ShouldBe("in");
        await silo.StopAsync(TestContext.Current.CancellationToken);
    }

    private static void Impatient(IClientBuilder client) => client.Configure<GatewaySettings>(static settings => settings.ReadyTimeout = TimeSpan.Zero);
}

public interface IAdderGrain : IGrainWithIntegerKey
{
    Task<int> Add(int number);
}

internal sealed class AdderGrain : Grain, IAdderGrain
{
    private int _sum;

    public Task<int> Add(int number) => Task.FromResult(_sum += number);
}
