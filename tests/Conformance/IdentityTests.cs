using Orleans;

namespace AsyncTour.Conformance.Tests;

public interface ITextKeyGrain : IGrainWithStringKey
{
    Task<string> Activation();

    Task<string> Key();
}

public interface IOtherTextKeyGrain : IGrainWithStringKey
{
    Task<string> Activation();
}

public interface INumberKeyGrain : IGrainWithIntegerKey
{
    Task<string> Activation();

    Task<long> Key();
}

public interface IGuidKeyGrain : IGrainWithGuidKey
{
    Task<string> Activation();

    Task<Guid> Key();
}

public sealed class TextKeyGrain : Grain, ITextKeyGrain
{
    public Task<string> Activation() => Task.FromResult(GrainContext.ActivationId.ToString());

    public Task<string> Key() => Task.FromResult(this.GetPrimaryKeyString());
}

public sealed class OtherTextKeyGrain : Grain, IOtherTextKeyGrain
{
    public Task<string> Activation() => Task.FromResult(GrainContext.ActivationId.ToString());
}

public sealed class NumberKeyGrain : Grain, INumberKeyGrain
{
    public Task<string> Activation() => Task.FromResult(GrainContext.ActivationId.ToString());

    public Task<long> Key() => Task.FromResult(this.GetPrimaryKeyLong());
}

public sealed class GuidKeyGrain : Grain, IGuidKeyGrain
{
    public Task<string> Activation() => Task.FromResult(GrainContext.ActivationId.ToString());

    public Task<Guid> Key() => Task.FromResult(this.GetPrimaryKey());
}

public sealed class IdentityTests(HonestCluster cluster)
{
    [Fact]
    public async Task The_same_type_and_key_are_the_same_activation()
    {
        var key = Signals.NewKey();
        var first = await cluster.Grains.GetGrain<ITextKeyGrain>(key).Activation();
        (await cluster.Grains.GetGrain<ITextKeyGrain>(key).Activation()).ShouldBe(first);
        (await cluster.Grains.GetGrain<ITextKeyGrain>(key + "x").Activation()).ShouldNotBe(first);
        (await cluster.Grains.GetGrain<IOtherTextKeyGrain>(key).Activation()).ShouldNotBe(first);
    }

    [Fact]
    public async Task Concurrent_first_calls_meet_in_one_activation()
    {
        var key = Signals.NewKey();
        var all = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => cluster.Grains.GetGrain<ITextKeyGrain>(key).Activation()));
        all.Distinct().Count().ShouldBe(1);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("run/7")]
    [InlineData("ünïcödé ☕")]
    public async Task A_text_key_is_read_back_as_given(string key) =>
        (await cluster.Grains.GetGrain<ITextKeyGrain>(key).Key()).ShouldBe(key);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public async Task A_number_key_is_read_back_as_given(long key) =>
        (await cluster.Grains.GetGrain<INumberKeyGrain>(key).Key()).ShouldBe(key);

    [Fact]
    public async Task A_guid_key_is_read_back_as_given()
    {
        var key = new Guid("0f8fad5b-d9cb-469f-a165-70867728950e");
        (await cluster.Grains.GetGrain<IGuidKeyGrain>(key).Key()).ShouldBe(key);
    }

    [Fact]
    public void References_are_equal_when_they_mean_the_same_grain()
    {
        cluster.Grains.GetGrain<ITextKeyGrain>("a").ShouldBe(cluster.Grains.GetGrain<ITextKeyGrain>("a"));
        cluster.Grains.GetGrain<ITextKeyGrain>("a").ShouldNotBe(cluster.Grains.GetGrain<ITextKeyGrain>("b"));
        cluster.Grains.GetGrain<ITextKeyGrain>("a").GetPrimaryKeyString().ShouldBe("a");
        cluster.Grains.GetGrain<INumberKeyGrain>(31).GetGrainId().ToString().ShouldBe("numberkey/1F");
    }
}
