using System.Threading.Tasks.Dataflow;
using AsyncTour.Concurrency.Pools;

namespace AsyncTour.Concurrency.Bench;

/// <summary>The toolbox and its peers in the process, each as its own documentation would have it written.</summary>
public static class Contenders
{
    public static IReadOnlyList<Contender> All { get; } =
    [
        new("PoolExecutor.Map", "outcomes, input order, lazy", MapAsync),
        new("PoolExecutor.MapUnordered", "outcomes, completion order, lazy", MapUnorderedAsync),
        new("Strategy.Pool", "none of its own", StrategyAsync),
        new("Parallel.ForEachAsync", "none of its own", ParallelAsync),
        new("SemaphoreSlim + WhenAll", "results, input order, all in memory", SemaphoreAsync),
        new("TPL Dataflow", "results, input order", DataflowAsync),
        new("bare lanes over one counter", "the ceiling: no input, no order, no errors", BareLanesAsync),
    ];

    private static async Task MapAsync(int jobs, int workers, Func<int, ValueTask<int>> job)
    {
        await using var pool = new PoolExecutor(workers);
        int next = 0;
        await foreach (Outcome<int, int> outcome in pool.Map(Enumerable.Range(0, jobs), (input, _) => job(input)))
            Check(outcome.Result == next++);
        Check(next == jobs);
    }

    private static async Task MapUnorderedAsync(int jobs, int workers, Func<int, ValueTask<int>> job)
    {
        await using var pool = new PoolExecutor(workers);
        int read = 0;
        await foreach (Outcome<int, int> outcome in pool.MapUnordered(Enumerable.Range(0, jobs), (input, _) => job(input)))
            read += outcome.Error is null ? 1 : 0;
        Check(read == jobs);
    }

    private static async Task StrategyAsync(int jobs, int workers, Func<int, ValueTask<int>> job)
    {
        int[] results = new int[jobs];
        await Strategy.Pool(workers).RunAsync(JobSource.From(Enumerable.Range(0, jobs)), async (input, _) => results[input] = await job(input));
        Check(results[^1] == jobs - 1);
    }

    private static async Task ParallelAsync(int jobs, int workers, Func<int, ValueTask<int>> job)
    {
        int[] results = new int[jobs];
        var options = new ParallelOptions { MaxDegreeOfParallelism = workers };
        await Parallel.ForEachAsync(Enumerable.Range(0, jobs), options, async (input, _) => results[input] = await job(input));
        Check(results[^1] == jobs - 1);
    }

    private static async Task SemaphoreAsync(int jobs, int workers, Func<int, ValueTask<int>> job)
    {
        using var semaphore = new SemaphoreSlim(workers);
        int[] results = await Task.WhenAll(Enumerable.Range(0, jobs).Select(OneAsync));
        Check(results[^1] == jobs - 1);

        async Task<int> OneAsync(int input)
        {
            await semaphore.WaitAsync();
            try
            {
                return await job(input);
            }
            finally
            {
                semaphore.Release();
            }
        }
    }

    private static async Task DataflowAsync(int jobs, int workers, Func<int, ValueTask<int>> job)
    {
        var options = new ExecutionDataflowBlockOptions { MaxDegreeOfParallelism = workers, BoundedCapacity = 2 * workers, EnsureOrdered = true };
        var block = new TransformBlock<int, int>(async input => await job(input), options);
        Task feeding = FeedAsync();
        int next = 0;
        while (await block.OutputAvailableAsync())
        {
            while (block.TryReceive(out int result))
                Check(result == next++);
        }

        await feeding;
        Check(next == jobs);

        async Task FeedAsync()
        {
            for (int input = 0; input < jobs; input++)
                await block.SendAsync(input);
            block.Complete();
        }
    }

    private static async Task BareLanesAsync(int jobs, int workers, Func<int, ValueTask<int>> job)
    {
        int[] results = new int[jobs];
        int next = -1;
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => LaneAsync()));
        Check(results[^1] == jobs - 1);

        async Task LaneAsync()
        {
            int input;
            while ((input = Interlocked.Increment(ref next)) < jobs)
                results[input] = await job(input);
        }
    }

    private static void Check(bool holds)
    {
        if (!holds)
            throw new InvalidOperationException("A contender lost, repeated or misplaced a result, so its time means nothing.");
    }
}
