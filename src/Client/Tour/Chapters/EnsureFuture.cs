using AsyncTour.Concurrency.Coroutines;
using AsyncTour.Concurrency.Waiting;

namespace AsyncTour.Client.Tour.Chapters;

internal sealed class EnsureFuture : TalkChapter
{
    public override string Name => "ensure-future";

    public override string Title => "ensure_future and create_task";

    public override string Cells => "In [32], [33]";

    public override string Lesson => "ensure_future takes a coroutine or a future; a future comes back as itself. create_task takes only a coroutine, and here the compiler holds it to that.";

    public override string Python => """
        task = asyncio.ensure_future(whats_your_name())
        print(task)
        """;

    public override IReadOnlyList<string> NotebookPrinted =>
    [
        "<Task pending coro=<whats_your_name() running at …>>",
        "What's your name mate?",
        "(Is future <Future pending> cancelled? False)",
        "(Is future <Future pending> done? False)",
        "(Is future <Future finished result='Sam'> done? True)",
        "My name is Sam",
    ];

    protected override async Task RunAsync(TourStage stage, Action<string> print)
    {
        var time = stage.Time;
        Coroutine<None> WhatsYourName() => Futures.Conversation(print, time);

        #region shown
        var task = Asyncio.EnsureFuture(WhatsYourName());
        print($"{task}");
        var same = Asyncio.EnsureFuture(task);
        print($"the same future: {ReferenceEquals(task, same)}");
        await task;                      // Asyncio.Schedule(task) would not
        print($"{task}");                // compile: it is no coroutine
        #endregion
    }
}
