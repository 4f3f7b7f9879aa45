using AsyncTour.Concurrency.Coroutines;
using AsyncTour.Concurrency.Waiting;

namespace AsyncTour.Client.Tour.Chapters;

internal sealed class Tasks : TalkChapter
{
    public override string Name => "tasks";

    public override string Title => "Tasks";

    public override string Cells => "In [28] – [31]";

    public override string Lesson => "A task is a future that runs a coroutine. It is scheduled at once and begins on the next turn, so it prints as pending before its first word.";

    public override string Python => """
        coroutine = whats_your_name()
        task = loop.create_task(coroutine)   # create and schedule
        print(task)
        await asyncio.sleep(1)
        task
        """;

    public override IReadOnlyList<string> NotebookPrinted =>
    [
        "<Task pending coro=<whats_your_name() running at …>>",
        "What's your name mate?",
        "(Is future <Future pending> cancelled? False)",
        "(Is future <Future pending> done? False)",
        "(Is future <Future finished result='Sam'> done? True)",
        "My name is Sam",
        "<Task finished coro=<whats_your_name() done, …> result=None>",
    ];

    public override IReadOnlyList<string> PutRight => ["The notebook sleeps as long as the task takes and hopes. Here the task itself is awaited."];

    protected override async Task RunAsync(TourStage stage, Action<string> print)
    {
        var time = stage.Time;
        Coroutine<None> WhatsYourName() => Futures.Conversation(print, time);

        #region shown
        var coroutine = WhatsYourName();
        var task = Asyncio.Schedule(coroutine);    // create and schedule
        print($"{task}");
        await task;
        print($"{task}");
        #endregion
    }
}
