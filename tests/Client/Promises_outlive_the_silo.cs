using System.Globalization;
using AsyncTour.Client.Connections;
using AsyncTour.Client.Tests.Support;
using AsyncTour.Grains.Promises;

namespace AsyncTour.Client.Tests;

/// <summary>
/// The silo is killed at a random moment around a settlement, and started again. ASYNCTOUR_KILL_ROUNDS says how often
/// (3 unless said); each round takes the second or so that a silo needs to start.
/// </summary>
public sealed class Promises_outlive_the_silo
{
    private const int Seed = 20200620;
    private const int Settlers = 4;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_at_any_moment_it_loses_no_settlement_that_was_acknowledged()
    {
        Assert.SkipUnless(Silo.Engine.Name == "simulator", "Orleans' silos keep promises in Redis, which this test does not start");
        var rounds = int.Parse(Environment.GetEnvironmentVariable("ASYNCTOUR_KILL_ROUNDS") ?? "3", CultureInfo.InvariantCulture);
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.Path);
        var port = LocalSilo.FreePort();
        var acknowledged = 0;
        var silo = await SiloProcess.StartAsync(port, folder.Path);
        try
        {
            await using var connection = await Remote.OpenAsync(new GatewayList([new GatewayAddress("localhost", port)]), Stop);
            var promises = new PromiseClient(connection.Grains, new PromiseClientOptions { Random = new Random(Seed) });
            for (var round = 0; round < rounds; round++)
            {
                var random = new Random(Seed + round);
                var promise = await promises.CreateAsync<int>(cancellationToken: Stop);
                var waiting = promise.WaitAsync(Stop);
                await AskAsync(promise, random.Next(4));
                var settling = Enumerable.Range(0, Settlers).Select(settler => SettleAsync(promises, promise.Id, settler)).ToList();
                await AskAsync(promise, random.Next(24));

                var before = settling.Where(static settler => settler.IsCompletedSuccessfully && settler.Result.Won).Select(static settler => settler.Result.Value).ToList();
                await silo.KillAsync();
                silo.Dispose();
                silo = await SiloProcess.StartAsync(port, folder.Path);

                var winner = (await Task.WhenAll(settling)).Where(static settler => settler.Won).ShouldHaveSingleItem($"round {round}: one settler wins").Value;
                before.ShouldAllBe(value => value == winner, $"round {round}: what was acknowledged before the kill holds after it");
                (await promises.Find<int>(promise.Id)).ShouldBe(winner, $"round {round}: a get after the restart");
                promise.ValueOf(await waiting).ShouldBe(winner, $"round {round}: the wait that was open");
                acknowledged += before.Count;
            }
        }
        finally
        {
            silo.Dispose();
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{rounds} kills, seed {Seed}: {acknowledged} after the acknowledgement, {rounds - acknowledged} before it");
    }

    // So many questions and answers: a random moment without a clock.
    private static async Task AskAsync(Promise<int> promise, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await promise.StatusAsync(Stop);
        }
    }

    private static async Task<(bool Won, int Value)> SettleAsync(PromiseClient promises, string id, int value) =>
        (await promises.Find<int>(id).TrySetResultAsync(value, Stop), value);
}
