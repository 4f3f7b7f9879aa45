using AsyncTour.Grains.Promises;

namespace AsyncTour.Grains.Tests.Promises;

public sealed class RaceTests(SiloFixture silo)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // Results, failures and cancellations race; seeds make the mix another one each time.
    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public async Task Of_a_thousand_racing_settlers_exactly_one_wins_and_every_waiter_sees_the_same(int seed)
    {
        var mix = new Random(seed);
        var promise = await silo.Promises.CreateAsync<int>(cancellationToken: Stop);
        var waiters = Enumerable.Range(0, 100).Select(_ => silo.Promises.Find<int>(promise.Id).WaitAsync(Stop)).ToList();
        using var start = new Barrier(4);

        var races = Enumerable.Range(0, 4).Select(client => (Client: client, Kinds: mix.GetItems([0, 1, 2], 250))).Select(
            race => Task.Factory.StartNew(() => Race(start, promise.Id, race.Client, race.Kinds), Stop, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap());
        var won = (await Task.WhenAll(races)).SelectMany(static names => names).ToList();

        var winner = won.ShouldHaveSingleItem();
        var seen = await Task.WhenAll(waiters);
        var first = (await promise.StatusAsync(Stop))!;
        first.SettledBy.ShouldBe(winner);
        seen.ShouldAllBe(status => status.State == first.State && status.Value == first.Value && status.Error == first.Error && status.SettledBy == winner && status.Settled == first.Settled);
    }

    [Fact]
    public async Task Ten_thousand_waiters_are_all_released()
    {
        var promise = await silo.Promises.CreateAsync<int>(cancellationToken: Stop);
        var grain = silo.Grains.GetGrain<IPromiseGrain>(promise.Id);
        var waiters = Enumerable.Range(0, 10_000).Select(_ => grain.Wait(PromiseLimits.LongestWait, Stop)).ToList();

        await promise.SetResultAsync(1, Stop);

        (await Task.WhenAll(waiters)).ShouldAllBe(status => status!.State == PromiseState.Done && status.Value == "1");
    }

    private async Task<List<string>> Race(Barrier start, string id, int client, int[] kinds)
    {
        start.SignalAndWait(Stop);
        var settlers = await Task.WhenAll(kinds.Select(async (kind, number) =>
        {
            var name = $"settler {client}.{number}";
            var promise = new PromiseClient(silo.Grains, new PromiseClientOptions { Name = name }).Find<int>(id);
            var won = kind switch
            {
                0 => await promise.TrySetResultAsync(number, Stop),
                1 => await promise.TrySetExceptionAsync(new IOException(name), Stop),
                _ => await promise.CancelAsync(name, Stop),
            };
            return won ? name : null;
        }));
        return [.. settlers.OfType<string>()];
    }
}
