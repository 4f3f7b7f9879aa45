using AsyncTour.Concurrency.Coroutines;
using AsyncTour.Concurrency.Tests.Turns;
using AsyncTour.Concurrency.Waiting;

namespace AsyncTour.Concurrency.Tests.Coroutines;

public sealed class ScheduledTests
{
    [Fact]
    public void a_task_prints_as_pythons_does() => TurnScheduler.Run(async turn =>
    {
        async Coroutine<string> whats_your_name()
        {
            await Asyncio.Sleep(TimeSpan.FromSeconds(1), turn.Time);
            return "Sam";
        }

        Scheduled<string> task = Asyncio.Schedule(whats_your_name(), "Task-1");

        task.ToString().ShouldBe("<Task pending name='Task-1' coro=<whats_your_name()>>");
        await task;
        task.ToString().ShouldBe("<Task finished name='Task-1' coro=<whats_your_name()> result='Sam'>");
    });

    [Fact]
    public void a_task_without_a_name_is_given_a_number()
    {
        TurnScheduler.Run(async _ =>
        {
            async Coroutine<int> Work() => 1;

            Scheduled<int> task = Asyncio.Schedule(Work());

            task.Name.ShouldMatch("^Task-[0-9]+$");
            await task;
        });
    }

    [Fact]
    public void cancelling_reaches_a_foreign_await_through_the_token() => TurnScheduler.Run(async turn =>
    {
        async Coroutine<int> Work()
        {
            await Task.Delay(TimeSpan.FromHours(1), turn.Time, Asyncio.CancellationToken);
            return 1;
        }

        Scheduled<int> task = Asyncio.Schedule(Work());
        await Task.Delay(TimeSpan.FromSeconds(1), turn.Time);
        task.Cancel();
        await Should.ThrowAsync<OperationCanceledException>(async () => await task);

        task.IsCancelled.ShouldBeTrue();
        turn.Time.Elapsed.ShouldBe(TimeSpan.FromSeconds(1));
    });

    [Fact]
    public void after_a_refused_cancellation_the_token_is_a_fresh_one() => TurnScheduler.Run(async turn =>
    {
        async Coroutine<int> Work()
        {
            try
            {
                await Task.Delay(TimeSpan.FromHours(1), turn.Time, Asyncio.CancellationToken);
            }
            catch (OperationCanceledException)
            {
                ((Scheduled<int>)Asyncio.CurrentTask!).Uncancel();
            }

            await Task.Delay(TimeSpan.FromSeconds(1), turn.Time, Asyncio.CancellationToken);
            return 7;
        }

        Scheduled<int> task = Asyncio.Schedule(Work());
        await Task.Delay(TimeSpan.FromSeconds(1), turn.Time);
        task.Cancel();

        (await task).ShouldBe(7);
    });

    [Fact]
    public void a_foreign_await_that_was_given_no_token_hears_at_the_next_await_of_ours() => TurnScheduler.Run(async turn =>
    {
        bool wentOn = false;
        async Coroutine<int> Work()
        {
            await Task.Delay(TimeSpan.FromSeconds(5), turn.Time);
            wentOn = true;
            await Asyncio.Sleep(TimeSpan.FromHours(1), turn.Time);
            return 1;
        }

        Scheduled<int> task = Asyncio.Schedule(Work());
        await Task.Delay(TimeSpan.FromSeconds(1), turn.Time);
        task.Cancel();
        await Should.ThrowAsync<OperationCanceledException>(async () => await task);

        wentOn.ShouldBeTrue();
        turn.Time.Elapsed.ShouldBe(TimeSpan.FromSeconds(5));
    });

    [Fact]
    public void outside_of_a_task_there_is_no_current_one()
    {
        Asyncio.CurrentTask.ShouldBeNull();
        Asyncio.CancellationToken.CanBeCanceled.ShouldBeFalse();
    }

    [Fact]
    public void a_coroutine_that_was_scheduled_is_nobody_elses() => TurnScheduler.Run(async _ =>
    {
        async Coroutine<int> Work() => 7;
        Coroutine<int> coroutine = Work();
        Scheduled<int> task = Asyncio.Schedule(coroutine);

        Should.Throw<InvalidOperationException>(() => Asyncio.Schedule(coroutine)).Message.ShouldStartWith("cannot reuse already awaited coroutine 'Work'");
        Should.Throw<InvalidOperationException>(coroutine.Close).Message.ShouldStartWith("coroutine 'Work' has begun and cannot be closed.");
        await Should.ThrowAsync<InvalidOperationException>(async () => await coroutine);

        (await task).ShouldBe(7);
    });

    [Fact]
    public void a_coroutine_asked_for_from_many_threads_begins_once()
    {
        for (int round = 0; round < 300; round++)
        {
            int began = 0;
            async Coroutine<int> Work() => Interlocked.Increment(ref began);
            Coroutine<int> coroutine = Work();
            int refused = 0;
            Together.Do(2, () =>
            {
                try
                {
                    coroutine.GetAwaiter().IsCompleted.ShouldBeTrue();
                }
                catch (InvalidOperationException)
                {
                    Interlocked.Increment(ref refused);
                }
            });

            began.ShouldBe(1);
            refused.ShouldBe(1);
        }
    }
}
