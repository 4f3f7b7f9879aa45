using System.Diagnostics;
using System.Globalization;
using System.Text;
using AsyncTour.Grains.Promises;
using Orleans;

namespace AsyncTour.Promises.Bench;

/// <summary>Many waiters on one promise: what each costs while it waits, and how soon each goes on.</summary>
internal sealed class WaiterRows(IGrainFactory grains)
{
    private const int Waiters = 10_000;
    private const int Rounds = 3;

    private readonly PromiseClient _client = new(grains);

    public async Task<string> MeasureAsync()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"## {Waiters:N0} waiters on one promise").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"The best of {Rounds} rounds. Latency: from the call of `SetResult` to the moment at which a waiter has the value. The look is a `Status` call made right after `SetResult`, behind all waiters.").AppendLine();
        text.AppendLine("| who waits | began in | bytes per waiter | first | median | 99 % | last | look |").AppendLine("| --- | --- | --- | --- | --- | --- | --- | --- |");
        text.AppendLine(await RowAsync("10,000 calls of the grain's `Wait`", Calls));
        text.AppendLine(await RowAsync("10,000 handles, each with a call of its own", Handles));
        text.AppendLine(await RowAsync("10,000 awaits of one handle, which share one call", Awaits));
        return text.AppendLine().ToString();
    }

    private IEnumerable<Task> Calls(string id)
    {
        var grain = grains.GetGrain<IPromiseGrain>(id);
        return Enumerable.Range(0, Waiters).Select(_ => grain.Wait(PromiseLimits.LongestWait, CancellationToken.None));
    }

    private IEnumerable<Task> Handles(string id) => Enumerable.Range(0, Waiters).Select(_ => _client.Find<int>(id).WaitAsync());

    private IEnumerable<Task> Awaits(string id)
    {
        var promise = _client.Find<int>(id);
        return Enumerable.Range(0, Waiters).Select(async _ => await promise);
    }

    private async Task<string> RowAsync(string name, Func<string, IEnumerable<Task>> wait)
    {
        await RoundAsync(wait);
        var best = "";
        var least = double.MaxValue;
        for (var i = 0; i < Rounds; i++)
        {
            var (cells, last) = await RoundAsync(wait);
            (best, least) = last < least ? (cells, last) : (best, least);
        }

        var line = $"| {name} | {best} |";
        Console.Error.WriteLine(line);
        return line;
    }

    private async Task<(string Cells, double Last)> RoundAsync(Func<string, IEnumerable<Task>> wait)
    {
        var promise = await _client.CreateAsync<int>();
        var settled = 0L;
        var latencies = new double[Waiters];
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();
        var done = wait(promise.Id).Select(NoteAsync).ToArray();
        await promise.StatusAsync();
        var began = clock.Elapsed.TotalMilliseconds;
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / Waiters;

        Volatile.Write(ref settled, Stopwatch.GetTimestamp());
        var setting = promise.SetResultAsync(1);
        await grains.GetGrain<IPromiseGrain>(promise.Id).Status();
        var look = Stopwatch.GetElapsedTime(settled).TotalMilliseconds;
        await setting;
        await Task.WhenAll(done);

        Array.Sort(latencies);
        string[] cells = [Ms(began), bytes.ToString("N0", CultureInfo.InvariantCulture), Ms(latencies[0]), Ms(latencies[Waiters / 2]), Ms(latencies[Waiters * 99 / 100]), Ms(latencies[^1]), Ms(look)];
        return (string.Join(" | ", cells), latencies[^1]);

        async Task NoteAsync(Task waiting, int i)
        {
            await waiting;
            latencies[i] = Stopwatch.GetElapsedTime(Volatile.Read(ref settled)).TotalMilliseconds;
        }
    }

    private static string Ms(double milliseconds) => milliseconds.ToString("N1", CultureInfo.InvariantCulture) + " ms";
}
