using AsyncTour.Grains.Promises;
using AsyncTour.Silo.Tests.Support;

namespace AsyncTour.Silo.Tests;

public sealed class Promises_that_outlive_silos
{
    [Fact]
    public async Task A_result_that_was_acknowledged_is_there_after_the_silo_is_killed()
    {
        Rounds.NeedAFolder();
        using var folder = new StateFolder();
        (string Id, int Value)? last = null;
        for (var round = 0; round <= Rounds.Kills; round++)
        {
            await using var silo = await SiloProcess.StartAsync(folder.Path);
            await using var client = await SiloClient.ConnectAsync(silo);
            if (last is var (id, value))
            {
                (await client.Promises.Find<int>(id).StatusAsync())!.State.ShouldBe(PromiseState.Done);
                (await client.Promises.Find<int>(id)).ShouldBe(value);
            }

            var promise = await client.Promises.CreateAsync<int>();
            await promise.SetResultAsync(round);
            await silo.KillAsync();
            last = (promise.Id, round);
        }
    }

    [Fact]
    public async Task Who_waits_while_the_silo_is_killed_gets_the_value_that_is_set_after_it_is_back()
    {
        Rounds.NeedAFolder();
        using var folder = new StateFolder();
        await using var silo = await SiloProcess.StartAsync(folder.Path);
        await using var waiter = await SiloClient.ConnectAsync(silo);
        var promise = await waiter.Promises.CreateAsync<string>("late");
        var waiting = promise.AsFuture();
        await silo.KillAsync();

        await using var next = await SiloProcess.StartAgainAsync(silo, folder.Path);
        await using var setter = await SiloClient.ConnectAsync(next);
        await setter.Promises.Find<string>("late").SetResultAsync("here");
        (await waiting).ShouldBe("here");
    }
}
