using System.Diagnostics;
using System.Globalization;
using System.Text;
using AsyncTour.Grains.Promises;
using Orleans;

namespace AsyncTour.Promises.Bench;

/// <summary>Many waiters on one promise: what each costs while it waits, and how soon each goes on.</summary>
internal static class WaiterRows
{
    private const int Waiters = 10_000;
    private const int Rounds = 3;

    private delegate IEnumerable<Task> Wait(PromiseClient client, string id);

    public static async Task<string> MeasureAsync(IGrainFactory grains)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"## {Waiters:N0} waiters on one promise (the best of {Rounds} rounds by the last waiter's latency)").AppendLine();
        text.AppendLine("Latency: from the call of `SetResult` to the moment at which a waiter has the value. The look is a `Status` call made right after `SetResult`, behind all waiters.").AppendLine();
        text.AppendLine("| who waits | began in | bytes per waiter | first | median | 99 % | last | look |").AppendLine("| --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var (name, wait) in Ways())
        {
            await RoundAsync(grains, name, wait);
            var best = "";
            var least = double.MaxValue;
            for (var i = 0; i < Rounds; i++)
            {
                var (line, last) = await RoundAsync(grains, name, wait);
                (best, least) = last < least ? (line, last) : (best, least);
            }

            text.AppendLine(best);
            Console.Error.WriteLine(best);
        }

        return text.AppendLine().ToString();

        IEnumerable<(string Name, Wait Wait)> Ways()
        {
            yield return ("10,000 calls of the grain's `Wait`", (_, id) => Calls(grains.GetGrain<IPromiseGrain>(id)));
            yield return ("10,000 handles, each with a call of its own", (client, id) => Enumerable.Range(0, Waiters).Select(_ => (Task)client.Find<int>(id).WaitAsync()));
            yield return ("10,000 awaits of one handle, which share one call", (client, id) => Awaits(client.Find<int>(id)));
        }

        static IEnumerable<Task> Calls(IPromiseGrain grain) =>
            Enumerable.Range(0, Waiters).Select(_ => (Task)grain.Wait(PromiseLimits.LongestWait, CancellationToken.None));

        static IEnumerable<Task> Awaits(Promise<int> promise) =>
            Enumerable.Range(0, Waiters).Select(async _ => await promise);
    }

    private static async Task<(string Line, double Last)> RoundAsync(IGrainFactory grains, string name, Wait wait)
    {
        var client = new PromiseClient(grains);
        var promise = await client.CreateAsync<int>();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();
        var settled = 0L;
        var latencies = new double[Waiters];
        var done = wait(client, promise.Id).Select((waiting, i) => Note(waiting, i)).ToArray();
        await promise.StatusAsync();
        var began = clock.Elapsed;
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before - Waiters * sizeof(double)) / Waiters;

        Volatile.Write(ref settled, Stopwatch.GetTimestamp());
        var setting = promise.SetResultAsync(1);
        await grains.GetGrain<IPromiseGrain>(promise.Id).Status();
        var look = Stopwatch.GetElapsedTime(settled);
        await setting;
        await Task.WhenAll(done);

        Array.Sort(latencies);
        string Ms(double milliseconds) => milliseconds.ToString("N1", CultureInfo.InvariantCulture) + " ms";
        var line = $"| {name} | {Ms(began.TotalMilliseconds)} | {bytes.ToString("N0", CultureInfo.InvariantCulture)} | {Ms(latencies[0])} | {Ms(latencies[Waiters / 2])} | {Ms(latencies[Waiters * 99 / 100])} | {Ms(latencies[^1])} | {Ms(look.TotalMilliseconds)} |";
        return (line, latencies[^1]);

        async Task Note(Task waiting, int i)
        {
            await waiting;
            latencies[i] = Stopwatch.GetElapsedTime(Volatile.Read(ref settled)).TotalMilliseconds;
        }
    }
}
