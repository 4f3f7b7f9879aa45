using System.Diagnostics;
using System.Globalization;
using System.Text;
using AsyncTour.Grains.Promises;
using Orleans;

namespace AsyncTour.Promises.Bench;

/// <summary>Many promises, one of each call: made, set, awaited.</summary>
internal static class LifeRows
{
    private const int Promises = 20_000;
    private const int Lanes = 64;
    private const int Settlers = 1_000;

    public static async Task<string> MeasureAsync(IGrainFactory grains)
    {
        var client = new PromiseClient(grains);
        await LanesAsync(Promises / 10, async _ => await (await client.CreateAsync<int>()).SetResultAsync(1));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var made = new Promise<int>[Promises];
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"## {Promises:N0} promises, {Lanes} calls at once").AppendLine();
        text.AppendLine("| what | calls/s |").AppendLine("| --- | --- |");
        await RowAsync("`new`: the grain made, the record stored", async i => made[i] = await client.CreateAsync<int>());
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / Promises;
        await RowAsync("`set`: the settlement stored, then acknowledged", async i => await made[i].SetResultAsync(i));
        await RowAsync("`get` of a settled one", async i => await made[i].StatusAsync());
        await RowAsync("`await` of a settled one", async i => await made[i]);
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"A pending promise held {bytes:N0} bytes: its grain, its record and its handle.").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Settlers:N0} settlers racing for one promise, {Lanes} at once: {await RaceAsync(client):N0} settlements/s, of which one wins.");
        return text.ToString();

        async Task RowAsync(string name, Func<int, Task> call)
        {
            var clock = Stopwatch.StartNew();
            await LanesAsync(Promises, call);
            var line = string.Create(CultureInfo.InvariantCulture, $"| {name} | {Promises / clock.Elapsed.TotalSeconds:N0} |");
            text.AppendLine(line);
            Console.Error.WriteLine(line);
        }
    }

    private static async Task<double> RaceAsync(PromiseClient client)
    {
        var promise = await client.CreateAsync<int>();
        var won = 0;
        var clock = Stopwatch.StartNew();
        await LanesAsync(Settlers, async i =>
        {
            if (await promise.TrySetResultAsync(i))
            {
                Interlocked.Increment(ref won);
            }
        });
        return won == 1 ? Settlers / clock.Elapsed.TotalSeconds : throw new InvalidOperationException($"{won} settlers won.");
    }

    private static Task LanesAsync(int count, Func<int, Task> call)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, Lanes).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var i && i < count)
            {
                await call(i);
            }
        })));
    }
}
