using AsyncTour.Grains.Promises;

namespace AsyncTour.Grains.Tests.Promises;

public sealed class ForgettingTests
{
    private readonly TestStorage _disk = new();
    private readonly Calendar _calendar = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_nobody_asks_for_is_forgotten_and_says_so()
    {
        await using var silo = await PromiseSilo.StartAsync(_disk, _calendar);
        var promise = await silo.Promises.CreateAsync<int>("idle", TimeSpan.FromHours(1), Stop);
        await promise.SetResultAsync(42, Stop);

        _calendar.Turn(TimeSpan.FromMinutes(61));

        var status = (await promise.StatusAsync(Stop))!;
        (status.State, status.Value, status.SettledBy).ShouldBe((PromiseState.Forgotten, null, null));
        const string sentence = "the promise 'idle' was forgotten: nobody settled or read it for its time to live of 1h";
        (await Should.ThrowAsync<RefusedException>(() => promise.WaitAsync(Stop))).Message.ShouldBe(sentence);
        (await Should.ThrowAsync<RefusedException>(() => promise.SetResultAsync(1, Stop))).Message.ShouldBe(sentence);
    }

    [Fact]
    public async Task Asking_puts_the_end_off_and_a_restart_does_not_bring_it_nearer()
    {
        await using (var silo = await PromiseSilo.StartAsync(_disk, _calendar))
        {
            var promise = await silo.Promises.CreateAsync<int>("read", TimeSpan.FromHours(1), Stop);
            for (var i = 0; i < 5; i++)
            {
                _calendar.Turn(TimeSpan.FromMinutes(50));
                (await promise.StatusAsync(Stop))!.State.ShouldBe(PromiseState.Pending);
            }
        }

        await using var restarted = await PromiseSilo.StartAsync(_disk, _calendar);
        (await restarted.Promises.Find<int>("read").StatusAsync(Stop))!.State.ShouldBe(PromiseState.Pending);
    }

    [Fact]
    public async Task A_forgotten_name_may_be_given_again()
    {
        await using var silo = await PromiseSilo.StartAsync(_disk, _calendar);
        await silo.Promises.CreateAsync<int>("again", TimeSpan.FromHours(1), Stop);
        _calendar.Turn(TimeSpan.FromHours(1.5));

        var promise = await silo.Promises.CreateAsync<int>("again", cancellationToken: Stop);

        (await promise.StatusAsync(Stop))!.State.ShouldBe(PromiseState.Pending);
    }

    [Fact]
    public async Task What_is_forgotten_leaves_the_disk()
    {
        var cleared = new TaskCompletionSource();
        _disk.Cleared = cleared.SetResult;
        await using var silo = await PromiseSilo.StartAsync(_disk, _calendar);

        await silo.Promises.CreateAsync<int>("short", TimeSpan.FromMilliseconds(80), Stop);

        await cleared.Task.WaitAsync(TimeSpan.FromSeconds(20), Stop);
        _disk.Count.ShouldBe(0);
        (await silo.Promises.Find<int>("short").StatusAsync(Stop)).ShouldBeNull();
    }
}
