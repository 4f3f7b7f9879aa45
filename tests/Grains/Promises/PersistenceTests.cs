using AsyncTour.Concurrency.Futures;
using AsyncTour.Grains.Promises;

namespace AsyncTour.Grains.Tests.Promises;

public sealed class PersistenceTests
{
    private readonly TestStorage _disk = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_settled_before_the_silo_ended_is_settled_after_it()
    {
        string value, failure, open;
        await using (var silo = await PromiseSilo.StartAsync(_disk, TimeProvider.System))
        {
            value = (await silo.Promises.CreateAsync<int>(cancellationToken: Stop)).Id;
            failure = (await silo.Promises.CreateAsync<int>(cancellationToken: Stop)).Id;
            open = (await silo.Promises.CreateAsync<int>(cancellationToken: Stop)).Id;
            await silo.Promises.Find<int>(value).SetResultAsync(42, Stop);
            await silo.Promises.Find<int>(failure).SetExceptionAsync(new IOException("disk full"), Stop);
        }

        await using var restarted = await PromiseSilo.StartAsync(_disk, TimeProvider.System);
        (await restarted.Promises.Find<int>(value)).ShouldBe(42);
        await Should.ThrowAsync<InvalidStateException>(() => restarted.Promises.Find<int>(value).SetResultAsync(43, Stop));
        (await Should.ThrowAsync<PromiseFailedException>(async () => await restarted.Promises.Find<int>(failure))).ErrorType.ShouldBe("System.IO.IOException");
        await restarted.Promises.Find<int>(open).SetResultAsync(1, Stop);
        (await restarted.Promises.Find<int>(open)).ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_sees_a_settlement_before_it_is_stored()
    {
        await using var silo = await PromiseSilo.StartAsync(_disk, TimeProvider.System);
        var promise = await silo.Promises.CreateAsync<int>(cancellationToken: Stop);
        var waiting = promise.WaitAsync(Stop);
        var arrived = new TaskCompletionSource();
        var onDisk = new TaskCompletionSource();
        _disk.BeforeWrite = () =>
        {
            arrived.SetResult();
            return onDisk.Task;
        };

        var settling = promise.SetResultAsync(1, Stop);
        await arrived.Task;
        var meanwhile = await promise.StatusAsync(Stop);
        var (isSettled, isReleased) = (settling.IsCompleted, waiting.IsCompleted);
        onDisk.SetResult();
        await settling;

        (meanwhile!.State, isSettled, isReleased).ShouldBe((PromiseState.Pending, false, false));
        (await waiting).State.ShouldBe(PromiseState.Done);
    }

    [Fact]
    public async Task A_settlement_whose_answer_was_lost_is_found_to_have_won()
    {
        await using var silo = await PromiseSilo.StartAsync(_disk, TimeProvider.System);
        var promise = await silo.Promises.CreateAsync<int>(cancellationToken: Stop);
        var waiting = promise.WaitAsync(Stop);
        _disk.AfterWrite = () =>
        {
            _disk.AfterWrite = static () => Task.CompletedTask;
            throw new TimeoutException("the disk did not say whether it wrote");
        };

        (await promise.TrySetResultAsync(1, Stop)).ShouldBeTrue();

        (await waiting).Value.ShouldBe("1");
        (await promise.TrySetResultAsync(2, Stop)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_settlement_that_was_not_stored_is_tried_again()
    {
        await using var silo = await PromiseSilo.StartAsync(_disk, TimeProvider.System);
        var promise = await silo.Promises.CreateAsync<int>(cancellationToken: Stop);
        _disk.BeforeWrite = () =>
        {
            _disk.BeforeWrite = static () => Task.CompletedTask;
            throw new TimeoutException("the disk is busy");
        };

        await promise.SetResultAsync(1, Stop);

        (await promise).ShouldBe(1);
    }
}
