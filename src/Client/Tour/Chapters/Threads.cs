using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;

namespace AsyncTour.Client.Tour.Chapters;

internal sealed class Threads : RunChapter
{
    public override string Name => "threads";

    public override string Title => "Threads";

    public override string Cells => "In [5], [6]";

    public override string Lesson => "The same ten blocking calls on ten threads. Each worker grain keeps a thread of its own for its job, so no call ever blocks the silo.";

    public override string Python => """
        with ThreadPoolExecutor(10) as pool:
            res = list(pool.map(slow, range(10)))
        """;

    public override string NotebookResults => "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]";

    public override TimeSpan NotebookWall => TimeSpan.FromMilliseconds(57.4);

    public override TimeSpan? NotebookIdeal => TimeSpan.FromMilliseconds(50);

    public override IReadOnlyList<string> PutRight =>
        ["Executor.map pulls its whole input up front. Here a job is pulled when a worker is free for it, however long the input is."];

    protected override async Task<List<Outcome>> RunAsync(RunClient runs, string id)
    {
        #region shown
        var spec = new RunSpec { Strategy = "executor", MaxWorkers = 10 };
        var warm = spec with { WarmWorkers = 10 };
        var run = await runs.StartAsync(id, warm, Notebook.Slow(10));
        return await run.ReadAsync()
            .OrderBy(outcome => outcome.Index).ToListAsync();
        #endregion
    }
}
