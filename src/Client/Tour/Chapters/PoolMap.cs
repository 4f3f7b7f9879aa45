using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;

namespace AsyncTour.Client.Tour.Chapters;

internal sealed class PoolMap : RunChapter
{
    public override string Name => "pool-map";

    public override string Title => "AsyncPoolExecutor.map";

    public override string Cells => "In [10], [11]";

    public override string Lesson => "The same pool with an executor's manners. A pool of five is five worker grains, none of them reentrant: the bound is the structure.";

    public override string Python => """
        with AsyncPoolExecutor(max_workers=5) as pool:
            res = await pool.map(slow_async, range(5))
        """;

    public override string NotebookResults => "[4, 3, 0, 1, 2]";

    public override TimeSpan NotebookWall => TimeSpan.FromMilliseconds(953.3);

    public override string NotebookRemark => "shuffled";

    public override IReadOnlyList<string> PutRight =>
    [
        "The notebook builds every coroutine before the first one runs. Here the input is pulled as workers come free.",
        "There, one failure throws the other results away (task.result() raises). Here every job has its outcome.",
        "A plain with cannot wait for the pool to drain. A run has ended only when nothing of it is running.",
    ];

    protected override async Task<List<Outcome>> RunAsync(RunClient runs, string id)
    {
        #region shown
        var spec = new RunSpec { Strategy = "pool", MaxWorkers = 5 };
        var warm = spec with { WarmWorkers = 5 };
        var run = await runs.StartAsync(id, warm, Notebook.SlowAsync(5));
        return await run.ReadAsync()
            .OrderBy(outcome => outcome.Index).ToListAsync();
        #endregion
    }
}
