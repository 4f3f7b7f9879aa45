namespace AsyncTour.Conformance.Tests;

public sealed class CancellationTests(HonestCluster cluster, DefaultCluster defaults)
{
    [Fact]
    public async Task An_already_cancelled_call_is_not_sent()
    {
        var (grain, signals) = New(cluster);
        await Should.ThrowAsync<OperationCanceledException>(async () => await grain.WaitFor("job", new CancellationToken(canceled: true)));
        await grain.Nothing();
        signals.Log.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_running_call_sees_its_token_and_the_caller_waits_until_it_has_stopped()
    {
        var (grain, signals) = New(cluster);
        using var stop = new CancellationTokenSource();
        var call = grain.WaitFor("job", stop.Token);
        await signals.When("job began");
        await stop.CancelAsync();
        await signals.When("job saw its token");
        call.IsCompleted.ShouldBeFalse();
        signals.Raise("job may stop");
        await Should.ThrowAsync<OperationCanceledException>(() => call);
        signals.Count("job stopped").ShouldBe(1);
    }

    [Fact]
    public async Task By_default_the_caller_ends_at_once_and_the_callee_is_told()
    {
        var (grain, signals) = New(defaults);
        using var stop = new CancellationTokenSource();
        var call = grain.WaitFor("job", stop.Token);
        await signals.When("job began");
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);
        await signals.When("job saw its token");
        signals.Raise("job may stop");
    }

    [Fact]
    public async Task A_waiting_call_is_removed_and_answered()
    {
        var (grain, signals) = New(cluster);
        using var stop = new CancellationTokenSource();
        using var letGo = new CancellationTokenSource();
        var first = grain.WaitFor("first", letGo.Token);
        await signals.When("first began");
        var second = grain.WaitFor("second", stop.Token);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => second);
        signals.Raise("first may stop");
        await letGo.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
        signals.Log.ShouldBe(["first", "first stopped"]);
    }

    [Fact]
    public async Task A_callee_that_ignores_its_token_answers_as_usual()
    {
        var (grain, signals) = New(cluster);
        using var stop = new CancellationTokenSource();
        var call = grain.Ignore("job", stop.Token);
        await signals.When("job began");
        await stop.CancelAsync();
        signals.Raise("job may end");
        (await call).ShouldBe("done all the same");
    }

    [Fact]
    public async Task A_token_kept_beyond_its_call_hears_of_no_other_call()
    {
        var (grain, signals) = New(cluster);
        using var ended = new CancellationTokenSource();
        await grain.Keep(ended.Token);
        using var stop = new CancellationTokenSource();
        var call = grain.WaitFor("job", stop.Token);
        await signals.When("job began");
        signals.Raise("job may stop");
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);

        (await grain.IsKeptTokenCancelled()).ShouldBeFalse();
    }

    private static (ISlowGrain Grain, Signals Signals) New(Cluster cluster)
    {
        var key = Signals.NewKey();
        return (cluster.Grains.GetGrain<ISlowGrain>(key), Signals.Of(key));
    }
}
