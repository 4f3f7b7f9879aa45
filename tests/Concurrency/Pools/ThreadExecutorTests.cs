using AsyncTour.Concurrency.Futures;
using AsyncTour.Concurrency.Pools;

namespace AsyncTour.Concurrency.Tests.Pools;

public sealed class ThreadExecutorTests
{
    [Fact]
    public async Task a_blocking_function_runs_on_a_thread_of_the_executor()
    {
        await using var executor = new ThreadExecutor(2, "tour");

        (string? name, bool pooled) = await executor.Submit(() => (Thread.CurrentThread.Name, Thread.CurrentThread.IsThreadPoolThread));

        name.ShouldBe("tour-0");
        pooled.ShouldBeFalse();
    }

    [Fact]
    public async Task the_bound_is_reached_and_never_passed()
    {
        await using var executor = new ThreadExecutor(3);
        using var all = new Barrier(3);

        // Three calls that wait for each other end only if three run at once; a fourth at once would be a participant too many.
        Future<bool>[] calls = [.. Enumerable.Range(0, 9).Select(_ => executor.Submit(() => all.SignalAndWait(TimeSpan.FromSeconds(10))))];

        foreach (Future<bool> call in calls)
            (await call).ShouldBeTrue();
        executor.Statistics.ShouldBe(new ExecutorStatistics(MaxWorkers: 3, Threads: 3, Running: 0, Waiting: 0, Completed: 9));
    }

    [Fact]
    public async Task calls_start_in_the_order_they_were_submitted()
    {
        await using var executor = new ThreadExecutor(1);
        List<int> started = [];

        Future<int>[] calls = [.. Enumerable.Range(0, 10).Select(i => executor.Submit(() => { started.Add(i); return i; }))];
        foreach (Future<int> call in calls)
            await call;

        started.ShouldBe(Enumerable.Range(0, 10));
    }

    [Fact]
    public async Task a_failure_arrives_with_its_own_exception()
    {
        await using var executor = new ThreadExecutor(1);

        Future<int> call = executor.Submit<int>(() => throw new IOException("disk full"));

        (await Should.ThrowAsync<IOException>(call.AsTask())).Message.ShouldBe("disk full");
    }

    [Fact]
    public async Task a_call_cancelled_before_it_runs_never_runs()
    {
        await using var executor = new ThreadExecutor(1);
        using var go = new ManualResetEventSlim();
        bool ran = false;
        Future<int> first = executor.Submit(() => { go.Wait(); return 1; });
        Future<int> second = executor.Submit(() => { ran = true; return 2; });

        second.Cancel().ShouldBeTrue();

        second.IsCancelled.ShouldBeTrue();
        go.Set();
        (await first).ShouldBe(1);
        await executor.DisposeAsync();
        ran.ShouldBeFalse();
    }

    [Fact]
    public async Task a_running_call_that_was_cancelled_is_running_until_it_returns()
    {
        await using var executor = new ThreadExecutor(1);
        using var started = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        Future<int> call = executor.Submit(() => { started.Set(); go.Wait(); return 1; });
        started.Wait();

        call.Cancel().ShouldBeTrue("the wish was heard");

        call.IsDone.ShouldBeFalse("but no runtime can stop a blocking call");
        executor.Statistics.Running.ShouldBe(1);
        go.Set();
        (await call).ShouldBe(1, "a result that arrives is not lost");
    }

    [Fact]
    public async Task a_running_call_that_heeds_its_token_is_cancelled()
    {
        await using var executor = new ThreadExecutor(1);
        using var source = new CancellationTokenSource();
        using var started = new ManualResetEventSlim();
        Future<int> call = executor.Submit(
            token =>
            {
                started.Set();
                token.WaitHandle.WaitOne();
                token.ThrowIfCancellationRequested();
                return 1;
            },
            source.Token);
        started.Wait();

        source.Cancel();

        await Should.ThrowAsync<OperationCanceledException>(call.AsTask());
        call.IsCancelled.ShouldBeTrue();
    }

    [Fact]
    public async Task leaving_waits_for_what_was_submitted_and_takes_nothing_new()
    {
        var executor = new ThreadExecutor(2);
        Future<int>[] calls = [.. Enumerable.Range(0, 20).Select(i => executor.Submit(() => i))];

        await executor.DisposeAsync();

        calls.ShouldAllBe(call => call.IsDone);
        executor.Statistics.Threads.ShouldBe(0);
        Should.Throw<ObjectDisposedException>(() => executor.Submit(() => 1));
    }

    [Fact]
    public void an_executor_of_no_workers_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new ThreadExecutor(0)).Message.ShouldStartWith("An executor needs at least 1 worker.");

    [Fact]
    public async Task a_function_sees_the_ambient_values_of_whoever_submitted_it_and_leaves_none_behind()
    {
        var ambient = new AsyncLocal<string?>();
        await using var executor = new ThreadExecutor(1);
        ambient.Value = "the first's";
        Future<string?> first = executor.Submit<string?>(() =>
        {
            string? seen = ambient.Value;
            ambient.Value = "left behind";
            return seen;
        });
        ambient.Value = null;
        Future<string?> second = executor.Submit<string?>(() => ambient.Value);

        (await first).ShouldBe("the first's");
        (await second).ShouldBeNull();
    }

    [Fact]
    public async Task a_cancelled_call_no_longer_waits()
    {
        await using var executor = new ThreadExecutor(1);
        using var go = new ManualResetEventSlim();
        using var started = new ManualResetEventSlim();
        Future<bool> first = executor.Submit(() =>
        {
            started.Set();
            return go.Wait(TimeSpan.FromSeconds(10));
        });
        Future<int> second = executor.Submit(() => 2);
        started.Wait();

        executor.Statistics.Waiting.ShouldBe(1);
        second.Cancel();

        executor.Statistics.Waiting.ShouldBe(0);
        go.Set();
        (await first).ShouldBeTrue();
    }
}
