using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Tests;


internal interface ISumGrain : IGrainWithIntegerKey
{
    Task Add(int number);

    ValueTask<int> Total();

    Task<int> Wait(TimeSpan time, CancellationToken cancellationToken);

    Task<List<int>> Twice(List<int> numbers);

    Task<string> Whoami();
}

internal sealed class SumGrain([PersistentState("sum", "store")] IPersistentState<SumState> state, TimeProvider time) : Grain, ISumGrain
{
    public async Task Add(int number)
    {
        state.State.Total += number;
        await state.WriteStateAsync();
    }

    public ValueTask<int> Total() => ValueTask.FromResult(state.State.Total);

    public async Task<int> Wait(TimeSpan wait, CancellationToken cancellationToken)
    {
        await Task.Delay(wait, time, cancellationToken);
        TaskScheduler.Current.ShouldNotBe(TaskScheduler.Default);
        return 1;
    }

    public Task<List<int>> Twice(List<int> numbers)
    {
        numbers.AddRange(numbers.ToArray());
        return Task.FromResult(numbers);
    }

    public Task<string> Whoami() => Task.FromResult($"{IdentityString} {this.GetPrimaryKeyLong()}");
}

[GenerateSerializer]
public sealed class SumState
{
    [Id(0)]
    public int Total { get; set; }
}

public sealed class FirstFloorTests
{
    [Fact]
    public async Task A_grain_comes_to_life_with_its_first_call_and_keeps_what_it_wrote()
    {
        using var host = await StartAsync();
        var client = (IClusterClient)host.Services.GetService(typeof(IClusterClient))!;
        var grain = client.GetGrain<ISumGrain>(7);
        await grain.Add(2);
        await grain.Add(3);
        (await grain.Total()).ShouldBe(5);
        var numbers = new List<int> { 1, 2 };
        (await grain.Twice(numbers)).ShouldBe([1, 2, 1, 2]);
        numbers.ShouldBe([1, 2]);
        (await grain.Whoami()).ShouldBe("sum/7 7");
    }

    [Fact]
    public async Task A_cancelled_call_stops_at_the_callee()
    {
        using var host = await StartAsync();
        var client = (IClusterClient)host.Services.GetService(typeof(IClusterClient))!;
        using var stop = new CancellationTokenSource();
        var call = client.GetGrain<ISumGrain>(1).Wait(TimeSpan.FromHours(1), stop.Token);
        var second = client.GetGrain<ISumGrain>(1).Wait(TimeSpan.FromHours(1), stop.Token);
        stop.Cancel();
        await Should.ThrowAsync<OperationCanceledException>(() => call);
        await Should.ThrowAsync<OperationCanceledException>(() => second);
        (await client.GetGrain<IManagementGrain>(0).GetHosts()).Count.ShouldBe(1);
    }

    private static async Task<IHost> StartAsync()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(gatewayPort: 0)
            .AddMemoryGrainStorage("store")
            .AddActivityPropagation()
            .Configure<Orleans.Configuration.SiloMessagingOptions>(options => options.WaitForCancellationAcknowledgement = true));
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }
}
