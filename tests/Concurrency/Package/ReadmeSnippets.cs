using AsyncTour.Concurrency.Coroutines;
using AsyncTour.Concurrency.Pools;
using AsyncTour.Concurrency.Waiting;

namespace AsyncTour.Concurrency.Tests.Package;

/// <summary>The README's code, compiled and run. <see cref="ReadmeTests"/> holds the two together.</summary>
internal static class ReadmeSnippets
{
    public static async Task ReadPagesAsync(IEnumerable<Uri> urls, Func<Uri, CancellationToken, ValueTask<string>> FetchAsync, TextWriter Console)
    {
        await using var pool = new PoolExecutor(maxWorkers: 8);
        await foreach (Outcome<Uri, string> page in pool.Map(urls, (url, stop) => FetchAsync(url, stop)))
            Console.WriteLine(page.Status == JobStatus.Succeeded ? page.Result : $"{page.Input} failed: {page.Error!.Message}");
    }

    public static async Task<(string Pending, string Finished, string Name)> AskNameAsync(FakeSystemTime TimeProvider)
    {
        async Coroutine<string> WhatsYourName()
        {
            await Asyncio.Sleep(TimeSpan.FromSeconds(1), TimeProvider.System);
            return "Sam";
        }

        Coroutine<string> cold = WhatsYourName();           // nothing has run
        Scheduled<string> task = Asyncio.Schedule(cold);    // <Task pending name='Task-1' coro=<WhatsYourName()>>
        string pending = task.ToString();
        string name = await task;                           // <Task finished name='Task-1' coro=<WhatsYourName()> result='Sam'>
        return (pending, task.ToString(), name);
    }

    /// <summary>Stands in for the class that the snippet names, so that the test need not sleep for its second.</summary>
    internal sealed record FakeSystemTime(TimeProvider System);
}
