using AsyncTour.Concurrency.Coroutines;
using AsyncTour.Concurrency.Futures;
using AsyncTour.Concurrency.Waiting;

namespace AsyncTour.Client.Tour.Chapters;

internal sealed class AsyncSugar : TalkChapter
{
    public override string Name => "async-sugar";

    public override string Title => "async, the sugar";

    public override string Cells => "In [24]";

    public override string Lesson => "async and await spell the same thing: with callbacks on a future, or line by line. The sugar changes the words, not what runs.";

    public override string Python => """
        async def coroutine_func():
            print('Waiting 2 seconds')
            await asyncio.sleep(2)
            return 1
        """;

    public override IReadOnlyList<string> NotebookPrinted => ["Waiting 2 seconds", "1"];

    protected override async Task RunAsync(TourStage stage, Action<string> print)
    {
        var time = stage.Time;

        #region shown
        async Coroutine<int> Sweet()
        {
            print("Waiting 2 seconds");
            await Asyncio.Sleep(TwoSeconds, time);
            return 1;
        }

        Future<int> Plain()
        {
            var result = new Future<int>();
            print("Waiting 2 seconds");
            Asyncio.Schedule(Asyncio.Sleep(TwoSeconds, time))
                .AddDoneCallback(_ => result.SetResult(1));
            return result;
        }

        print($"{await Sweet()}");
        print($"{await Plain()}");
        #endregion
    }
}
