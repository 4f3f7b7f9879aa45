using Orleans;
using Orleans.Runtime;

namespace AsyncTour.Conformance.Tests;

public interface IContextGrain : IGrainWithStringKey
{
    Task<string> Get(string key);

    Task Set(string key, string value);

    Task<string> GetFarther(string key);

    Task<string> AroundOwnCall(string key);
}

public sealed class ContextGrain : Grain, IContextGrain
{
    public Task<string> Get(string key) => Task.FromResult(RequestContext.Get(key) as string ?? "nothing");

    /// <summary>Not async: what it sets could stay on the thread for the next call to find.</summary>
    public Task Set(string key, string value)
    {
        RequestContext.Set(key, value);
        return Task.CompletedTask;
    }

    public Task<string> GetFarther(string key) => GrainFactory.GetGrain<IContextGrain>(this.GetPrimaryKeyString() + "+").Get(key);

    public async Task<string> AroundOwnCall(string key)
    {
        var before = RequestContext.Get(key) as string;
        await GrainFactory.GetGrain<IContextGrain>(this.GetPrimaryKeyString() + "+").Set(key, "changed below");
        await Task.Yield();
        return $"{before} {RequestContext.Get(key)}";
    }
}

public sealed class RequestContextTests(HonestCluster cluster)
{
    private readonly IContextGrain _grain = cluster.Grains.GetGrain<IContextGrain>(Signals.NewKey());

    [Fact]
    public async Task Values_flow_down_the_call_chain()
    {
        RequestContext.Set("who", "me");
        (await _grain.Get("who")).ShouldBe("me");
        (await _grain.GetFarther("who")).ShouldBe("me");
        RequestContext.Clear();
        (await _grain.Get("who")).ShouldBe("nothing");
    }

    [Fact]
    public async Task Nothing_flows_back_up()
    {
        RequestContext.Set("who", "me");
        (await _grain.AroundOwnCall("who")).ShouldBe("me me");
        await _grain.Set("who", "you");
        RequestContext.Get("who").ShouldBe("me");
        RequestContext.Remove("who").ShouldBeTrue();
        RequestContext.Get("who").ShouldBeNull();
    }

    [Fact]
    public async Task Nothing_stays_behind_for_the_next_call()
    {
        await _grain.Set("left", "behind");
        (await _grain.Get("left")).ShouldBe("nothing");
    }
}
