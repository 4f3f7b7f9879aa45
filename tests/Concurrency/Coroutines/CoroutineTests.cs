using AsyncTour.Concurrency.Coroutines;
using AsyncTour.Concurrency.Tests.Turns;
using AsyncTour.Concurrency.Waiting;

namespace AsyncTour.Concurrency.Tests.Coroutines;

public sealed class CoroutineTests
{
    [Fact]
    public void building_one_runs_nothing()
    {
        bool ran = false;
        async Coroutine<int> Work()
        {
            ran = true;
            return 1;
        }

        Coroutine<int> coroutine = Work();

        ran.ShouldBeFalse();
        coroutine.State.ShouldBe(CoroutineState.Created);
        coroutine.ToString().ShouldBe("<coroutine Work>");
        coroutine.Close();
    }

    [Fact]
    public void an_ordinary_async_method_may_await_one() => TurnScheduler.Run(async turn =>
    {
        async Coroutine<int> Work()
        {
            await Task.Delay(TimeSpan.FromSeconds(1), turn.Time);
            turn.MustBeCurrent();
            return 7;
        }

        (await Work()).ShouldBe(7);
        turn.MustBeCurrent();
    });

    [Fact]
    public void awaiting_it_twice_is_refused() => TurnScheduler.Run(async _ =>
    {
        async Coroutine<int> Work() => 7;
        Coroutine<int> coroutine = Work();
        await coroutine;

        (await Should.ThrowAsync<InvalidOperationException>(async () => await coroutine))
            .Message.ShouldBe("cannot reuse already awaited coroutine 'Work': call its method again for a fresh one.");
        Should.Throw<InvalidOperationException>(() => Asyncio.Schedule(coroutine));
    });

    [Fact]
    public void a_failure_comes_out_of_the_await() => TurnScheduler.Run(async _ =>
    {
        async Coroutine<int> Work() => throw new IOException("broken");

        (await Should.ThrowAsync<IOException>(async () => await Work())).Message.ShouldBe("broken");
    });

    [Fact]
    public void many_that_never_wait_need_no_deep_stack() => TurnScheduler.Run(async _ =>
    {
        async Coroutine<int> One() => 1;
        async Coroutine<int> Many()
        {
            int sum = 0;
            for (int i = 0; i < 100_000; i++)
                sum += await One();
            return sum;
        }

        (await Many()).ShouldBe(100_000);
    });

    [Fact]
    public void ambient_values_flow_in_and_stay_in() => TurnScheduler.Run(async turn =>
    {
        var ambient = new AsyncLocal<string> { Value = "outer" };
        async Coroutine<string?> Work()
        {
            string? seen = ambient.Value;
            ambient.Value = "inner";
            await Task.Delay(TimeSpan.FromSeconds(1), turn.Time);
            ambient.Value.ShouldBe("inner");
            return seen;
        }

        (await Work()).ShouldBe("outer");
        ambient.Value.ShouldBe("outer");
    });

    [Fact]
    public void polled_by_hand_it_says_not_ready_until_it_has_the_value() => TurnScheduler.Run(async turn =>
    {
        int sideEffects = 0;
        async Coroutine<string> Work()
        {
            sideEffects++;
            await Asyncio.Sleep(TimeSpan.FromSeconds(2), turn.Time);
            return "Sam";
        }

        List<string> looks = [];
        foreach (Poll<string> look in Work().Poll())
        {
            looks.Add(look.ToString());
            await Task.Delay(TimeSpan.FromSeconds(1.5), turn.Time);
        }

        looks.ShouldBe(["Result not ready yet. Please try again.", "Result not ready yet. Please try again.", "'Sam'"]);
        sideEffects.ShouldBe(1);
    });

    [Fact]
    public void polled_asynchronously_it_gives_the_turn_back() => TurnScheduler.Run(async turn =>
    {
        async Coroutine<int> Work()
        {
            await Asyncio.Sleep(TimeSpan.FromSeconds(2), turn.Time);
            return 7;
        }

        List<bool> ready = [];
        await foreach (Poll<int> look in Work().Poll())
            ready.Add(look.IsReady);

        ready.ShouldBe([false, true]);
    });

    [Fact]
    public void a_value_that_is_not_ready_cannot_be_read() =>
        Should.Throw<InvalidOperationException>(() => default(Poll<int>).Value).Message.ShouldBe("Result not ready yet. Please try again.");

    [Fact]
    public async Task on_the_thread_pool_it_works_as_well()
    {
        async Coroutine<int> Work(int i)
        {
            await Task.Yield();
            return i;
        }

        IReadOnlyList<int> results = await Asyncio.Gather(Enumerable.Range(0, 1000).Select(Work));

        results.ShouldBe(Enumerable.Range(0, 1000));
    }
}
