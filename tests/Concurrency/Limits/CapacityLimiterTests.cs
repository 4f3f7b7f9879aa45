using AsyncTour.Concurrency.Limits;
using AsyncTour.Concurrency.Tests.Turns;

namespace AsyncTour.Concurrency.Tests.Limits;

public sealed class CapacityLimiterTests
{
    [Fact]
    public void tokens_run_out_and_come_back()
    {
        var limiter = new CapacityLimiter(2);

        limiter.TryAcquire("ann").ShouldBeTrue();
        limiter.TryAcquire("bob").ShouldBeTrue();
        limiter.TryAcquire("cleo").ShouldBeFalse();
        limiter.Release("ann");

        limiter.TryAcquire("cleo").ShouldBeTrue();
        limiter.Statistics.Borrowers.ShouldBe(["bob", "cleo"]);
        limiter.Statistics.AvailableTokens.ShouldBe(0);
    }

    [Fact]
    public void those_who_wait_are_served_in_the_order_they_came() => TurnScheduler.Run(async turn =>
    {
        var limiter = new CapacityLimiter(1);
        List<string> served = [];
        async Task BorrowAsync(string borrower)
        {
            using CapacityToken token = await limiter.AcquireAsync(borrower);
            turn.MustBeCurrent();
            served.Add(borrower);
            await Task.Delay(TimeSpan.FromSeconds(1), turn.Time);
        }

        Task all = Task.WhenAll(BorrowAsync("ann"), BorrowAsync("bob"), BorrowAsync("cleo"));

        limiter.Statistics.Borrowers.ShouldBe(["ann"]);
        limiter.Statistics.Waiting.ShouldBe(["bob", "cleo"]);
        await all;
        served.ShouldBe(["ann", "bob", "cleo"]);
    });

    [Fact]
    public void nobody_overtakes_those_who_wait() => TurnScheduler.Run(async _ =>
    {
        var limiter = new CapacityLimiter(1);
        limiter.TryAcquire("ann");
        ValueTask<CapacityToken> waiting = limiter.AcquireAsync("bob");

        limiter.Release("ann");

        limiter.TryAcquire("cleo").ShouldBeFalse();
        (await waiting).Borrower.ShouldBe("bob");
    });

    [Fact]
    public void a_wait_that_is_cancelled_leaves_the_queue_and_loses_no_token() => TurnScheduler.Run(async _ =>
    {
        var limiter = new CapacityLimiter(1);
        using var cancel = new CancellationTokenSource();
        limiter.TryAcquire("ann");
        ValueTask<CapacityToken> waiting = limiter.AcquireAsync("bob", cancel.Token);

        cancel.Cancel();

        (await Should.ThrowAsync<OperationCanceledException>(async () => await waiting)).CancellationToken.ShouldBe(cancel.Token);
        limiter.Statistics.Waiting.ShouldBeEmpty();
        limiter.Release("ann");
        limiter.TryAcquire("cleo").ShouldBeTrue();
    });

    [Fact]
    public void a_borrower_holds_one_token_at_most()
    {
        var limiter = new CapacityLimiter(2);
        limiter.TryAcquire("ann");

        Should.Throw<InvalidOperationException>(() => limiter.TryAcquire("ann"))
            .Message.ShouldBe("ann already holds a token of this limiter: one borrower, one token.");
        Should.Throw<InvalidOperationException>(() => limiter.Release("bob"))
            .Message.ShouldBe("bob holds no token of this limiter and cannot give one back.");
    }

    [Fact]
    public void a_token_given_back_twice_comes_back_once() => TurnScheduler.Run(async _ =>
    {
        var limiter = new CapacityLimiter(2);
        CapacityToken token = await limiter.AcquireAsync("ann");

        token.Dispose();
        token.Dispose();

        limiter.Statistics.AvailableTokens.ShouldBe(2);
    });

    [Fact]
    public void more_tokens_let_the_waiting_in_and_fewer_throw_nobody_out() => TurnScheduler.Run(async _ =>
    {
        var limiter = new CapacityLimiter(1);
        limiter.TryAcquire("ann");
        ValueTask<CapacityToken> waiting = limiter.AcquireAsync("bob");

        limiter.TotalTokens = 2;
        (await waiting).Borrower.ShouldBe("bob");
        limiter.TotalTokens = 1;

        limiter.Statistics.Borrowers.Count.ShouldBe(2);
        limiter.Statistics.AvailableTokens.ShouldBe(0);
    });

    [Fact]
    public void a_borrower_that_asks_from_many_threads_at_once_waits_once()
    {
        for (int round = 0; round < 300; round++)
        {
            var limiter = new CapacityLimiter(1);
            limiter.TryAcquire("ann");
            int refused = 0;
            Together.Do(2, () =>
            {
                ValueTask<CapacityToken> acquiring = limiter.AcquireAsync("bob");
                if (acquiring.IsFaulted)
                    Interlocked.Increment(ref refused);
            });

            refused.ShouldBe(1);
            limiter.Statistics.Waiting.ShouldBe(["bob"]);
        }
    }
}
