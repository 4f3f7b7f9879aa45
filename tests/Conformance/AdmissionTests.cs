using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace AsyncTour.Conformance.Tests;

public interface IGateGrain : IGrainWithStringKey
{
    /// <summary>Says that it began, and ends when the test lets it.</summary>
    Task Hold(string name);

    [AlwaysInterleave]
    Task HoldInterleaved(string name);

    [ReadOnly]
    Task HoldReading(string name);

    [ResponseTimeout("00:00:01")]
    Task CallMyself();

    Task CallBackThrough(bool allowed);

    [ResponseTimeout("00:00:01")]
    Task Back();
}

public interface IReentrantGateGrain : IGrainWithStringKey
{
    Task Hold(string name);

    Task<int> Count(int rounds);
}

public interface IEchoBackGrain : IGrainWithStringKey
{
    Task CallBack(IGateGrain caller);
}

public sealed class GateGrain : Grain, IGateGrain
{
    private Signals Signals => Signals.Of(this.GetPrimaryKeyString());

    public async Task Hold(string name)
    {
        Signals.Raise(name + " began");
        Signals.Note(name);
        await Signals.Until(name + " may end");
    }

    public Task HoldInterleaved(string name) => Hold(name);

    public Task HoldReading(string name) => Hold(name);

    public Task CallMyself() => GrainFactory.GetGrain<IGateGrain>(this.GetPrimaryKeyString()).Back();

    public async Task CallBackThrough(bool allowed)
    {
        var other = GrainFactory.GetGrain<IEchoBackGrain>(this.GetPrimaryKeyString());
        if (!allowed)
        {
            await other.CallBack(this.AsReference<IGateGrain>());
            return;
        }

        using (RequestContext.AllowCallChainReentrancy())
            await other.CallBack(this.AsReference<IGateGrain>());
    }

    public Task Back() => Task.CompletedTask;
}

public sealed class EchoBackGrain : Grain, IEchoBackGrain
{
    public Task CallBack(IGateGrain caller) => caller.Back();
}

[Reentrant]
public sealed class ReentrantGateGrain : Grain, IReentrantGateGrain
{
    private int _inTurn;
    private int _count;

    public async Task Hold(string name)
    {
        Signals.Of(this.GetPrimaryKeyString()).Raise(name + " began");
        await Signals.Of(this.GetPrimaryKeyString()).Until(name + " may end");
    }

    public async Task<int> Count(int rounds)
    {
        for (var i = 0; i < rounds; i++)
        {
            // Two turns at once would meet here, and lose counts below.
            if (Interlocked.Increment(ref _inTurn) != 1)
                throw new InvalidOperationException("Two turns of one activation ran at once.");
            var before = _count;
            Thread.SpinWait(20);
            _count = before + 1;
            Interlocked.Decrement(ref _inTurn);
            await Task.Yield();
        }

        return _count;
    }
}

public sealed class AdmissionTests(HonestCluster cluster)
{
    [Fact]
    public async Task One_call_runs_at_a_time_by_default()
    {
        var (grain, signals) = New();
        var first = grain.Hold("first");
        await signals.When("first began");
        var second = grain.Hold("second");
        var beside = grain.HoldInterleaved("beside");
        await signals.When("beside began");
        signals.Count("second").ShouldBe(0);
        signals.Raise("first may end");
        await signals.When("second began");
        signals.Raise("second may end");
        signals.Raise("beside may end");
        await Task.WhenAll(first, second, beside);
    }

    [Fact]
    public async Task An_interleaved_call_does_not_block_others()
    {
        var (grain, signals) = New();
        var beside = grain.HoldInterleaved("beside");
        await signals.When("beside began");
        var ordinary = grain.Hold("ordinary");
        await signals.When("ordinary began");
        signals.Raise("ordinary may end");
        await ordinary;
        signals.Raise("beside may end");
        await beside;
    }

    [Fact]
    public async Task Readers_run_beside_readers_and_pass_a_waiting_writer()
    {
        var (grain, signals) = New();
        var reader = grain.HoldReading("reader");
        await signals.When("reader began");
        var writer = grain.Hold("writer");
        var later = grain.HoldReading("later");
        await signals.When("later began");
        signals.Count("writer").ShouldBe(0);
        signals.Raise("reader may end");
        signals.Raise("later may end");
        await signals.When("writer began");
        var blocked = grain.HoldReading("blocked");
        signals.Raise("writer may end");
        await Task.WhenAll(reader, later, writer);
        signals.Raise("blocked may end");
        await blocked;
        signals.Log.ShouldBe(["reader", "later", "writer", "blocked"]);
    }

    [Fact]
    public async Task Calls_of_a_reentrant_grain_interleave_at_awaits()
    {
        var key = Signals.NewKey();
        var grain = cluster.Grains.GetGrain<IReentrantGateGrain>(key);
        var first = grain.Hold("first");
        await Signals.Of(key).When("first began");
        var second = grain.Hold("second");
        await Signals.Of(key).When("second began");
        Signals.Of(key).Raise("first may end");
        Signals.Of(key).Raise("second may end");
        await Task.WhenAll(first, second);
    }

    [Fact]
    public async Task Turns_of_one_activation_never_overlap()
    {
        var grain = cluster.Grains.GetGrain<IReentrantGateGrain>(Signals.NewKey());
        var counts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => grain.Count(500)));
        counts.Max().ShouldBe(8 * 500);
    }

    [Fact]
    public async Task A_grain_that_waits_for_itself_waits_until_the_response_timeout() =>
        await Should.ThrowAsync<TimeoutException>(New().Grain.CallMyself);

    [Fact]
    public async Task A_call_chain_comes_back_in_only_where_that_is_allowed()
    {
        await New().Grain.CallBackThrough(allowed: true);
        await Should.ThrowAsync<TimeoutException>(() => New().Grain.CallBackThrough(allowed: false));
    }

    private (IGateGrain Grain, Signals Signals) New()
    {
        var key = Signals.NewKey();
        return (cluster.Grains.GetGrain<IGateGrain>(key), Signals.Of(key));
    }
}
