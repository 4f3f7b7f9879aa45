using AsyncTour.Concurrency.Futures;
using AsyncTour.Grains.Promises;

namespace AsyncTour.Grains.Tests.Promises;

/// <summary>asyncio's table of a future, on promises.</summary>
public sealed class PromiseTests(SiloFixture silo)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_value_set_by_one_client_is_awaited_by_another()
    {
        var made = await silo.Promises.CreateAsync<Person>(cancellationToken: Stop);
        var found = silo.Promises.Find<Person>(made.Id);

        await made.SetResultAsync(new Person("Sam", 42), Stop);

        (await found).ShouldBe(new Person("Sam", 42));
    }

    [Fact]
    public async Task Whoever_waits_before_the_value_is_there_gets_it_when_it_is()
    {
        var promise = await silo.Promises.CreateAsync<string>(cancellationToken: Stop);
        var waiting = silo.Promises.Find<string>(promise.Id).WaitAsync(Stop);
        await Waiting(promise, 1);

        await promise.SetResultAsync("Sam", Stop);

        (await waiting).Value.ShouldBe("\"Sam\"");
        (await promise.StatusAsync(Stop))!.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task The_status_says_who_settled_it_and_when()
    {
        var alice = new PromiseClient(silo.Grains, new PromiseClientOptions { Name = "alice" });
        var bob = new PromiseClient(silo.Grains, new PromiseClientOptions { Name = "bob" });
        var promise = await alice.CreateAsync<int>(timeToLive: TimeSpan.FromMinutes(5), cancellationToken: Stop);
        var pending = (await promise.StatusAsync(Stop))!;
        pending.State.ShouldBe(PromiseState.Pending);
        pending.Settled.ShouldBeNull();

        await bob.Find<int>(promise.Id).SetResultAsync(7, Stop);

        var status = (await promise.StatusAsync(Stop))!;
        (status.State, status.Value, status.CreatedBy, status.SettledBy).ShouldBe((PromiseState.Done, "7", "alice", "bob"));
        status.Settled!.Value.ShouldBeGreaterThanOrEqualTo(status.Created);
        status.TimeToLive.ShouldBe(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task A_second_settlement_throws_where_a_second_cancellation_is_false()
    {
        var promise = await silo.Promises.CreateAsync<int>(cancellationToken: Stop);
        await promise.SetResultAsync(1, Stop);

        var second = await Should.ThrowAsync<InvalidStateException>(() => promise.SetResultAsync(2, Stop));
        second.Message.ShouldBe($"The promise '{promise.Id}' is done already, by tests: the first settlement wins.");
        await Should.ThrowAsync<InvalidStateException>(() => promise.SetExceptionAsync(new IOException("late"), Stop));
        (await promise.TrySetResultAsync(3, Stop)).ShouldBeFalse();
        (await promise.CancelAsync("late", Stop)).ShouldBeFalse();
        (await promise).ShouldBe(1);
    }

    [Fact]
    public async Task A_failure_is_thrown_with_its_message_and_its_types_name()
    {
        var promise = await silo.Promises.CreateAsync<int>(cancellationToken: Stop);
        await promise.SetExceptionAsync(new FileNotFoundException("no such file"), Stop);

        var failure = await Should.ThrowAsync<PromiseFailedException>(async () => await promise);

        failure.Message.ShouldBe("no such file");
        failure.ErrorType.ShouldBe("System.IO.FileNotFoundException");
        (await promise.WaitAsync(Stop)).State.ShouldBe(PromiseState.Failed);
    }

    [Fact]
    public async Task A_cancellation_is_thrown_as_one()
    {
        var promise = await silo.Promises.CreateAsync<int>(cancellationToken: Stop);
        (await promise.CancelAsync("nobody needs it", Stop)).ShouldBeTrue();

        (await Assert.ThrowsAsync<OperationCanceledException>(async () => await promise)).Message.ShouldBe("nobody needs it");
        promise.AsFuture().IsCancelled.ShouldBeTrue();
    }

    [Fact]
    public async Task A_settlement_offered_again_by_its_winner_has_won_again()
    {
        var promise = await silo.Promises.CreateAsync<int>(cancellationToken: Stop);
        var grain = silo.Grains.GetGrain<IPromiseGrain>(promise.Id);
        var settlement = new PromiseSettlement { State = PromiseState.Done, Value = "1", By = "a", Ticket = "t-1" };

        (await grain.Settle(settlement)).Won.ShouldBeTrue();
        (await grain.Settle(settlement with { Value = "2", Ticket = "t-2" })).Won.ShouldBeFalse();
        var again = await grain.Settle(settlement);

        again.Won.ShouldBeTrue();
        again.Status.Value.ShouldBe("1");
    }

    [Fact]
    public async Task A_wait_ends_with_a_pending_promise_when_its_time_is_up()
    {
        var promise = await silo.Promises.CreateAsync<int>(cancellationToken: Stop);

        var status = await silo.Grains.GetGrain<IPromiseGrain>(promise.Id).Wait(TimeSpan.FromMilliseconds(1), Stop);

        status!.State.ShouldBe(PromiseState.Pending);
    }

    [Fact]
    public async Task Giving_up_a_wait_leaves_the_promise_alone()
    {
        var promise = await silo.Promises.CreateAsync<int>(cancellationToken: Stop);
        using var patience = new CancellationTokenSource();
        var waiting = promise.WaitAsync(patience.Token);
        await Waiting(promise, 1);

        await patience.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        await Waiting(promise, 0);
        await promise.SetResultAsync(1, Stop);
        (await promise).ShouldBe(1);
    }

    [Fact]
    public async Task Callbacks_are_told_once_it_is_settled()
    {
        var promise = await silo.Promises.CreateAsync<int>(cancellationToken: Stop);
        var told = new TaskCompletionSource<Future>();
        promise.AddDoneCallback(told.SetResult);

        await promise.SetResultAsync(5, Stop);

        ((Future<int>)await told.Task.WaitAsync(TimeSpan.FromSeconds(10), Stop)).Result.ShouldBe(5);
    }

    [Fact]
    public async Task Its_local_future_looks_on_and_cannot_be_settled()
    {
        var promise = await silo.Promises.CreateAsync<int>(cancellationToken: Stop);
        var future = promise.AsFuture();

        Should.Throw<InvalidStateException>(() => future.SetResult(1)).Message.ShouldContain("settle the promise");
        future.Cancel().ShouldBeTrue();

        (await promise.StatusAsync(Stop))!.State.ShouldBe(PromiseState.Pending);
        await promise.SetResultAsync(3, Stop);
        (await promise).ShouldBe(3);
    }

    [Fact]
    public async Task Any_json_is_a_value()
    {
        foreach (var value in new object?[] { null, true, 1.5, "text", new[] { 1, 2 }, new Person("Sam", 1) })
        {
            var promise = await silo.Promises.CreateAsync<object?>(cancellationToken: Stop);
            await promise.SetResultAsync(value, Stop);
            var json = await silo.Promises.Find<System.Text.Json.JsonElement>(promise.Id);
            json.GetRawText().ShouldBe(System.Text.Json.JsonSerializer.Serialize(value, System.Text.Json.JsonSerializerOptions.Web));
        }
    }

    [Fact]
    public async Task A_value_of_another_type_says_what_was_found()
    {
        var promise = await silo.Promises.CreateAsync<string>(cancellationToken: Stop);
        await promise.SetResultAsync("Sam", Stop);

        var wrong = await Should.ThrowAsync<InvalidOperationException>(async () => await silo.Promises.Find<int>(promise.Id));

        wrong.Message.ShouldBe($"The promise '{promise.Id}' was set to \"Sam\", which is no Int32.");
    }

    private static async Task Waiting(Promise<int> promise, int count) => await Until(promise.StatusAsync, count);

    private static async Task Waiting(Promise<string> promise, int count) => await Until(promise.StatusAsync, count);

    // A status asked for is a turn of the promise's grain, so asking again is waiting for the grain and no busy wait.
    private static async Task Until(Func<CancellationToken, Task<PromiseStatus?>> status, int waiting)
    {
        while ((await status(Stop))!.Waiting != waiting)
        {
            await Task.Yield();
        }
    }

    private sealed record Person(string Name, int Age);
}
