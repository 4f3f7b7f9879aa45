using AsyncTour.Concurrency.Pools;
using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;

namespace AsyncTour.Client.Tour.Chapters;

internal sealed class Executor : RunChapter
{
    public override string Name => "executor";

    public override string Title => "Blocking functions: run_in_executor";

    public override string Cells => "In [13], [14]";

    public override string Lesson =>
        $"Code you cannot make asynchronous runs on threads. max_workers=None is Python's min(32, cores + 4), on this machine {Strategy.DefaultMaxWorkers}: ten jobs take {(10 + Strategy.DefaultMaxWorkers - 1) / Strategy.DefaultMaxWorkers} rounds of 50 ms.";

    public override string Python => """
        with ThreadPoolExecutor(max_workers=None) as pool:
            tasks = [loop.run_in_executor(pool, slow, i)
                     for i in range(10)]
            done, pending = await asyncio.wait(tasks)
        """;

    public override string NotebookResults => "[9, 0, 5, 4, 6, 1, 7, 2, 8, 3]";

    public override TimeSpan NotebookWall => TimeSpan.FromMilliseconds(60.8);

    public override TimeSpan? NotebookIdeal => TimeSpan.FromMilliseconds(50);

    public override IReadOnlyList<string> PutRight =>
    [
        "max_workers=None means as many as jobs in one cell and a default pool in another. Here it is one rule for every strategy.",
        "A cancelled run_in_executor call says cancelled while its thread works on. Here a job keeps its worker until it has really stopped.",
    ];

    protected override async Task<List<Outcome>> RunAsync(RunClient runs, string id)
    {
        #region shown
        var spec = new RunSpec { Strategy = "executor", MaxWorkers = null };
        var warm = spec with { WarmWorkers = Strategy.DefaultMaxWorkers };
        var run = await runs.StartAsync(id, warm, Notebook.Slow(10));
        return await run.ReadAsync()
            .OrderBy(outcome => outcome.Index).ToListAsync();
        #endregion
    }
}
