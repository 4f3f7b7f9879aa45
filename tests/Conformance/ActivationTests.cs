using Orleans;
using Orleans.Runtime;

namespace AsyncTour.Conformance.Tests;

public interface IBirthGrain : IGrainWithStringKey
{
    Task<string> Ask();
}

/// <summary>Its key says how its life begins: "slow", "fails", "hangs", and a name for its signals.</summary>
public sealed class BirthGrain([PersistentState("birth", "store")] IPersistentState<Note> state) : Grain, IBirthGrain
{
    private Signals Signals => Signals.Of(this.GetPrimaryKeyString());

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Signals.Note($"activate exists={state.RecordExists}");
        if (this.GetPrimaryKeyString().StartsWith("slow", StringComparison.Ordinal))
            await Signals.Until("go");
        if (this.GetPrimaryKeyString().StartsWith("fails", StringComparison.Ordinal) && Signals.Count("activate exists=False") == 1)
            throw new InvalidOperationException("not today");
        if (this.GetPrimaryKeyString().StartsWith("hangs", StringComparison.Ordinal) && Signals.Count("activate exists=False") == 1)
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        Signals.Note("activated");
    }

    public Task<string> Ask()
    {
        Signals.Note("asked");
        return Task.FromResult("alive");
    }
}

[GenerateSerializer]
[Alias("conformance.note")]
public sealed class Note
{
    [Id(0)]
    public string Text { get; set; } = "";

    [Id(1)]
    public int Number { get; set; }
}

public sealed class ActivationTests(HonestCluster cluster)
{
    [Fact]
    public async Task Messages_queue_until_OnActivateAsync_ends()
    {
        var key = "slow" + Signals.NewKey();
        var grain = cluster.Grains.GetGrain<IBirthGrain>(key);
        var calls = new[] { grain.Ask(), grain.Ask() };
        Signals.Of(key).Raise("go");
        await Task.WhenAll(calls);
        Signals.Of(key).Log.ShouldBe(["activate exists=False", "activated", "asked", "asked"]);
    }

    [Fact]
    public async Task A_failed_activation_fails_its_request_and_leaves_nothing_behind()
    {
        var key = "fails" + Signals.NewKey();
        var grain = cluster.Grains.GetGrain<IBirthGrain>(key);
        (await Should.ThrowAsync<InvalidOperationException>(grain.Ask)).Message.ShouldBe("not today");
        (await grain.Ask()).ShouldBe("alive");
        Signals.Of(key).Log.ShouldBe(["activate exists=False", "activate exists=False", "activated", "asked"]);
    }

    [Fact]
    public async Task Activation_has_a_time_limit()
    {
        var key = "hangs" + Signals.NewKey();
        var grain = cluster.Grains.GetGrain<IBirthGrain>(key);
        await Should.ThrowAsync<Exception>(grain.Ask);
        (await grain.Ask()).ShouldBe("alive");
    }
}
