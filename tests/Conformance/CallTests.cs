using Orleans;

namespace AsyncTour.Conformance.Tests;

public interface ISlowGrain : IGrainWithStringKey
{
    [ResponseTimeout("00:00:01")]
    Task<string> Slow(CancellationToken cancellationToken);

    Task<string> WaitFor(string name, CancellationToken cancellationToken);

    Task<string> Ignore(string name, CancellationToken cancellationToken);

    ValueTask Keep(CancellationToken cancellationToken);

    ValueTask<bool> IsKeptTokenCancelled();

    ValueTask Nothing();

    ValueTask<int> Value(int number);

    Task<bool> SchedulerStays();
}

public sealed class SlowGrain(TimeProvider time) : Grain, ISlowGrain
{
    private CancellationToken _kept;

    private Signals Signals => Signals.Of(this.GetPrimaryKeyString());

    public async Task<string> Slow(CancellationToken cancellationToken)
    {
        Signals.Note("slow ran");
        try
        {
            await Signals.Until("slow may end").WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Signals.Raise("slow was told to stop");
            throw;
        }

        Signals.Raise("slow ended by itself");
        return "done";
    }

    public async Task<string> WaitFor(string name, CancellationToken cancellationToken)
    {
        Signals.Raise(name + " began");
        Signals.Note(name);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Signals.Raise(name + " saw its token");
            await Signals.Until(name + " may stop");
            Signals.Note(name + " stopped");
            throw;
        }

        return "done";
    }

    public async Task<string> Ignore(string name, CancellationToken cancellationToken)
    {
        Signals.Raise(name + " began");
        await Signals.Until(name + " may end");
        return "done all the same";
    }

    public ValueTask Keep(CancellationToken cancellationToken)
    {
        _kept = cancellationToken;
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> IsKeptTokenCancelled() => new(_kept.IsCancellationRequested);

    public ValueTask Nothing() => ValueTask.CompletedTask;

    public async ValueTask<int> Value(int number)
    {
        await Task.Yield();
        return number;
    }

    public async Task<bool> SchedulerStays()
    {
        var before = TaskScheduler.Current;
        await Task.Yield();
        await Task.Delay(TimeSpan.FromMilliseconds(1), time);
        return before == TaskScheduler.Current && before != TaskScheduler.Default;
    }
}

public sealed class CallTests(HonestCluster cluster, DefaultCluster defaults)
{
    [Fact]
    public async Task Every_kind_of_task_can_be_returned()
    {
        var grain = cluster.Grains.GetGrain<ISlowGrain>(Signals.NewKey());
        await grain.Nothing();
        (await grain.Value(7)).ShouldBe(7);
    }

    [Fact]
    public async Task Continuations_come_back_to_the_activations_scheduler() =>
        (await cluster.Grains.GetGrain<ISlowGrain>(Signals.NewKey()).SchedulerStays()).ShouldBeTrue();

    /// <summary>Real time: the shortest timeout that is swept for is about a second.</summary>
    [Fact]
    public async Task A_late_answer_is_a_TimeoutException_and_the_late_callee_is_told_to_stop_where_that_is_set()
    {
        var key = Signals.NewKey();
        await Should.ThrowAsync<TimeoutException>(() => cluster.Grains.GetGrain<ISlowGrain>(key).Slow(CancellationToken.None));
        await Signals.Of(key).When("slow was told to stop");
        Signals.Of(key).Count("slow ran").ShouldBe(1);
    }

    /// <summary>Real time, as above.</summary>
    [Fact]
    public async Task By_default_the_late_callee_goes_on_and_nothing_is_retried()
    {
        var key = Signals.NewKey();
        await Should.ThrowAsync<TimeoutException>(() => defaults.Grains.GetGrain<ISlowGrain>(key).Slow(CancellationToken.None));
        Signals.Of(key).Raise("slow may end");
        await Signals.Of(key).When("slow ended by itself");
        Signals.Of(key).Count("slow ran").ShouldBe(1);
    }
}
