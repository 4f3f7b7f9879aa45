using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;

namespace AsyncTour.Client.Tour.Chapters;

internal sealed class Synchronous : RunChapter
{
    public override string Name => "synchronous";

    public override string Title => "One after another";

    public override string Cells => "In [3], [4]";

    public override string Lesson => "Ten slow calls in a row. One worker grain runs ten jobs; nothing overlaps.";

    public override string Python => """
        for i in range(10):
            res.append(slow(i))          # time.sleep(0.05)
        """;

    public override string NotebookResults => "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]";

    public override TimeSpan NotebookWall => TimeSpan.FromMilliseconds(530);

    public override TimeSpan? NotebookIdeal => TimeSpan.FromMilliseconds(500);

    public override IReadOnlyList<string> PutRight =>
        ["The notebook's wall times hide start-up. Here the path is warmed up first, and that time is reported apart."];

    protected override async Task<List<Outcome>> RunAsync(RunClient runs, string id)
    {
        #region shown
        var spec = new RunSpec { Strategy = "sequential" };
        var warm = spec with { WarmWorkers = 1 };
        var run = await runs.StartAsync(id, warm, Notebook.Slow(10));
        return await run.ReadAsync()
            .OrderBy(outcome => outcome.Index).ToListAsync();
        #endregion
    }
}
