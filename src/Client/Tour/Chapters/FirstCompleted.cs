using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;

namespace AsyncTour.Client.Tour.Chapters;

internal sealed class FirstCompleted : RunChapter
{
    public override string Name => "first-completed";

    public override string Title => "Bounded by FIRST_COMPLETED";

    public override string Cells => "In [9]";

    public override string Lesson => "A pool by hand: at most three in flight, refilled whenever one completes. Three worker grains, and each is given its next job when it is done.";

    public override string Python => """
        while tasks:
            while tasks and len(pending) < max_workers:   # 3
                pending.add(tasks.pop())
            done, pending = await asyncio.wait(
                pending, return_when='FIRST_COMPLETED')
            all_done.update(done)
        """;

    public override string NotebookResults => "[0, 8, 5, 9, 7, 2, 4, 6]";

    public override TimeSpan NotebookWall => TimeSpan.FromMilliseconds(1707.2);

    public override string NotebookRemark => "8 of 10 results";

    public override IReadOnlyList<string> PutRight =>
    [
        "The notebook's loop ends when nothing is left to start and drops what is still in flight: 8 of 10 results. Here all arrive.",
        "tasks.pop() starts the last job first. Here jobs start in input order, as the picture shows.",
    ];

    protected override async Task<List<Outcome>> RunAsync(RunClient runs, string id)
    {
        #region shown
        var spec = new RunSpec { Strategy = "first-completed", MaxWorkers = 3 };
        var warm = spec with { WarmWorkers = 3 };
        var run = await runs.StartAsync(id, warm, Notebook.SlowAsync(10));
        return await run.ReadAsync()
            .OrderBy(outcome => outcome.Index).ToListAsync();
        #endregion
    }
}
