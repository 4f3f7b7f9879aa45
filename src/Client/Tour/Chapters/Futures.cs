using AsyncTour.Concurrency.Coroutines;
using AsyncTour.Concurrency.Futures;
using AsyncTour.Concurrency.Waiting;

namespace AsyncTour.Client.Tour.Chapters;

internal sealed class Futures : TalkChapter
{
    public override string Name => "futures";

    public override string Title => "Futures";

    public override string Cells => "In [26], [27]";

    public override string Lesson => "A blank space for a value that comes later. Whoever holds it can ask whether it is done, wait for it, or cancel it.";

    public override string Python => """
        async def my_name_is(future):
            await asyncio.sleep(1)
            print(f'(Is future {future} done? {future.done()})')
            future.set_result('Sam')
        """;

    public override IReadOnlyList<string> NotebookPrinted =>
    [
        "What's your name mate?",
        "(Is future <Future pending> cancelled? False)",
        "(Is future <Future pending> done? False)",
        "(Is future <Future finished result='Sam'> done? True)",
        "My name is Sam",
    ];

    /// <summary>The notebook's conversation, which the next chapters schedule.</summary>
    public static Coroutine<None> Conversation(Action<string> print, TimeProvider time)
    {
        return WhatsYourName();

        #region shown
        async Coroutine<None> MyNameIs(Future<string> future)
        {
            await Asyncio.Sleep(OneSecond, time);
            print($"(Is future {future} cancelled? {future.IsCancelled})");
            print($"(Is future {future} done? {future.IsDone})");
            future.SetResult("Sam");
            return default;
        }

        async Coroutine<None> WhatsYourName()
        {
            print("What's your name mate?");
            var future = new Future<string>();
            await MyNameIs(future);
            print($"(Is future {future} done? {future.IsDone})");
            print($"My name is {future.Result}");
            return default;
        }
        #endregion
    }

    protected override async Task RunAsync(TourStage stage, Action<string> print) => await Conversation(print, stage.Time);
}
