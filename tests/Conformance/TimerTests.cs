using Orleans;
using Orleans.Runtime;

namespace AsyncTour.Conformance.Tests;

public interface ITickGrain : IGrainWithStringKey
{
    Task Start(string behaviour, bool interleave);

    Task StartAndHold();

    Task Stop();
}

public sealed class TickGrain : Grain, ITickGrain
{
    private static readonly TimeSpan _soon = TimeSpan.FromMilliseconds(5);
    private IGrainTimer? _timer;
    private int _ticks;
    private int _inTick;

    private Signals Signals => Signals.Of(this.GetPrimaryKeyString());

    public Task Start(string behaviour, bool interleave)
    {
        var period = behaviour == "once" ? Timeout.InfiniteTimeSpan : _soon;
        _timer = this.RegisterGrainTimer(
            (state, token) => Tick(state, token),
            behaviour,
            new GrainTimerCreationOptions(_soon, period) { Interleave = interleave });
        return Task.CompletedTask;
    }

    public async Task StartAndHold()
    {
        await Start("count", interleave: false);
        await Signals.Until("hold may end");
        Signals.Note("hold ends");
    }

    public Task Stop()
    {
        _timer!.Dispose();
        Signals.Note("stopped");
        return Task.CompletedTask;
    }

    private async Task Tick(string behaviour, CancellationToken cancellationToken)
    {
        if (++_inTick > 1)
            Signals.Note("ticks overlap");
        Signals.Note($"tick {++_ticks}");
        Signals.Raise($"tick {_ticks}");
        if (behaviour == "long")
        {
            await Signals.Until("long tick may end").WaitAsync(cancellationToken);
            Signals.Note("long tick ends");
        }

        _inTick--;
        if (behaviour == "throws")
            throw new InvalidOperationException("a bad tick");
    }
}

public sealed class TimerTests(HonestCluster cluster)
{
    [Fact]
    public async Task Ticks_come_again_and_again_until_the_timer_is_disposed()
    {
        var (grain, signals) = New();
        await grain.Start("count", interleave: false);
        await signals.When("tick 3");
        await grain.Stop();
        await grain.Start("once", interleave: false);
        signals.Log.SkipWhile(line => line != "stopped").Skip(1).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_tick_that_throws_does_not_end_the_schedule()
    {
        var (grain, signals) = New();
        await grain.Start("throws", interleave: false);
        await signals.When("tick 3");
        await grain.Stop();
    }

    [Fact]
    public async Task Ticks_wait_for_the_call_that_runs()
    {
        var (grain, signals) = New();
        var hold = grain.StartAndHold();

        // Another grain's timer of the same period has ticked: this one was due.
        var (other, otherSignals) = New();
        await other.Start("count", interleave: false);
        await otherSignals.When("tick 2");
        await other.Stop();

        signals.Log.ShouldBeEmpty();
        signals.Raise("hold may end");
        await hold;
        await signals.When("tick 1");
        signals.Log.First().ShouldBe("hold ends");
        await grain.Stop();
    }

    [Fact]
    public async Task Ticks_never_overlap_and_the_period_counts_from_the_end_of_a_tick()
    {
        var (grain, signals) = New();
        await grain.Start("long", interleave: true);
        await signals.When("tick 1");
        var (other, otherSignals) = New();
        await other.Start("count", interleave: false);
        await otherSignals.When("tick 3");
        await other.Stop();
        signals.Log.ShouldBe(["tick 1"]);
        signals.Raise("long tick may end");
        await signals.When("tick 2");
        await grain.Stop();
        signals.Log.ShouldNotContain("ticks overlap");
    }

    [Fact]
    public async Task A_tick_blocks_calls_unless_it_interleaves()
    {
        var (grain, signals) = New();
        await grain.Start("long", interleave: true);
        await signals.When("tick 1");
        await grain.Stop();

        (grain, signals) = New();
        await grain.Start("long", interleave: false);
        await signals.When("tick 1");
        var stop = grain.Stop();
        signals.Count("stopped").ShouldBe(0);
        signals.Raise("long tick may end");
        await stop;
        signals.Log.ShouldBe(["tick 1", "long tick ends", "stopped"]);
    }

    private (ITickGrain Grain, Signals Signals) New()
    {
        var key = Signals.NewKey();
        return (cluster.Grains.GetGrain<ITickGrain>(key), Signals.Of(key));
    }
}
