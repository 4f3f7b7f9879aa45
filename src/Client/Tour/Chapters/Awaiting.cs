using AsyncTour.Concurrency.Coroutines;
using AsyncTour.Concurrency.Waiting;

namespace AsyncTour.Client.Tour.Chapters;

internal sealed class Awaiting : TalkChapter
{
    public override string Name => "awaiting";

    public override string Title => "Awaiting coroutines";

    public override string Cells => "In [22], [23]";

    public override string Lesson => "await is the driver: it looks again and again, so that nobody has to.";

    public override string Python => """
        awaitable = asyncio.coroutine(coroutine)
        await awaitable()
        """;

    public override IReadOnlyList<string> NotebookPrinted => ["Waiting 2 seconds", "Waiting 2 seconds", "1"];

    public override IReadOnlyList<string> PutRight => ["The notebook's output says Waiting twice. A coroutine runs once: awaited again, it refuses."];

    protected override async Task RunAsync(TourStage stage, Action<string> print)
    {
        var time = stage.Time;

        #region shown
        async Coroutine<int> Coroutine()
        {
            print("Waiting 2 seconds");
            return await Asyncio.Sleep(TwoSeconds, 1, time);
        }

        var coroutine = Coroutine();
        print($"{await coroutine}");
        try
        {
            await coroutine;
        }
        catch (InvalidOperationException e)
        {
            print(e.Message);
        }
        #endregion
    }
}
