using AsyncTour.Concurrency.Coroutines;
using AsyncTour.Concurrency.Waiting;

namespace AsyncTour.Client.Tour.Chapters;

internal sealed class YieldFrom : TalkChapter
{
    public override string Name => "yield-from";

    public override string Title => "yield from";

    public override string Cells => "In [19] – [21]";

    public override string Lesson => "A coroutine that waits for another hands the looks through. It needs no further magic: the same driver drives it.";

    public override string Python => """
        def coroutine():
            print('Waiting 2 seconds')
            yield from asyncio.sleep(2)
            return 1
        """;

    public override IReadOnlyList<string> NotebookPrinted => ["Result not ready yet. Please try again."];

    public override IReadOnlyList<string> PutRight =>
        ["The notebook stops at not ready: next() has to be called by hand. Here each look is awaited, so the value comes."];

    protected override async Task RunAsync(TourStage stage, Action<string> print)
    {
        var time = stage.Time;

        #region shown
        async Coroutine<int> Coroutine()
        {
            print("Waiting 2 seconds");
            return await Asyncio.Sleep(TwoSeconds, 1, time);
        }

        await foreach (var look in Coroutine().Poll())
            print($"{look}");
        #endregion
    }
}
