using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;

namespace AsyncTour.Client.Tour.Chapters;

internal sealed class FireAll : RunChapter
{
    public override string Name => "fire-all";

    public override string Title => "All at once: asyncio.wait";

    public override string Cells => "In [7], [8]";

    public override string Lesson => "Fire every job and wait for all, for five seconds at most. As fast as the slowest job, and no say in how many run at once.";

    public override string Python => """
        done, pending = await asyncio.wait(
            [slow_async(i) for i in range(10)], timeout=5)
        res = [task.result() for task in done]
        """;

    public override string NotebookResults => "[9, 1, 6, 4, 8, 0, 5, 7, 3, 2]";

    public override TimeSpan NotebookWall => TimeSpan.FromMilliseconds(974.8);

    public override string NotebookRemark => "shuffled";

    public override IReadOnlyList<string> PutRight =>
    [
        "done is a set, so the notebook's results come back shuffled. An outcome carries its index: input order.",
        "What is still pending after timeout=5 runs on unseen in the notebook. Here it is stopped, and each such job is reported as timed out.",
    ];

    protected override async Task<List<Outcome>> RunAsync(RunClient runs, string id)
    {
        #region shown
        var timeout = TimeSpan.FromSeconds(5);
        var spec = new RunSpec { Strategy = "wait-all", Timeout = timeout };
        var warm = spec with { WarmWorkers = 10 };
        var run = await runs.StartAsync(id, warm, Notebook.SlowAsync(10));
        return await run.ReadAsync()
            .OrderBy(outcome => outcome.Index).ToListAsync();
        #endregion
    }
}
