using AsyncTour.Client.Rendering;
using AsyncTour.Concurrency.Futures;
using AsyncTour.Concurrency.Waiting;

namespace AsyncTour.Client.Tour.Chapters;

internal sealed class GrainPromises : TalkChapter
{
    private string _id = "";

    public override string Name => "promises";

    public override string Title => "Futures with an address";

    public override string Cells => "after In [27]";

    public override string Lesson => "The same future, held by a grain: another process finds it by its id and settles it, the first settlement wins, and local futures wait beside it.";

    public override string Python => """
        future = asyncio.Future()       # this loop's alone
        future.set_result('Sam')
        await asyncio.gather(future, …)
        """;

    public override IReadOnlyList<string> NotebookPrinted => ["<Future finished result='Sam'>"];

    public override IReadOnlyList<string> PutRight => ["The notebook's future ends with its loop. A promise is stored before anybody is told of it: with a silo that keeps its state, it outlives kill -9."];

    protected override async Task RunAsync(TourStage stage, Action<string> print)
    {
        var here = stage.Promises("this terminal");
        var there = stage.Promises("another one");

        #region shown
        var promise = await here.CreateAsync<string>();
        var future = new Future<string>();
        var names = Asyncio.Gather(promise.AsFuture(), future);

        var found = there.Find<string>(promise.Id);
        await found.SetResultAsync("Sam");         // over there
        future.SetResult("Sue");                   // over here
        print($"My names are {string.Join(" and ", await names)}");

        var again = await found.TrySetResultAsync("Tom");
        print($"settled again: {again}; still {await promise}");
        #endregion
        _id = promise.Id;
    }

    protected override void ShowEvidence(TourStage stage)
    {
        if (stage.Tale(_id) is not { } tale)
        {
            return;
        }

        var print = stage.Page.TracePrinter();
        foreach (var settling in tale.Settlements)
        {
            print($"promise settle, by {settling.By}: {(settling.Won ? settling.State : "too late")}");
        }

        foreach (var wait in tale.Waits)
        {
            print($"promise wait, by {wait.By}: {Times.Text(wait.Duration)}, ended by {wait.EndedBy?.By ?? "nobody recorded"}");
        }
    }
}
