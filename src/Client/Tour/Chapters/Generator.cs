using AsyncTour.Concurrency.Coroutines;
using AsyncTour.Concurrency.Waiting;

namespace AsyncTour.Client.Tour.Chapters;

internal sealed class Generator : TalkChapter
{
    public override string Name => "generator";

    public override string Title => "A coroutine is a generator";

    public override string Cells => "In [15] – [18]";

    public override string Lesson => "Under the cover a coroutine is driven step by step: each look says not ready yet, until one has the value.";

    public override string Python => """
        def i_am_a_coroutine():
            yield
            return 'Coroutine says hi!'

        g = coroutine_as_generator(i_am_a_coroutine)
        res = next(g)        # again, by hand, until there is a result
        """;

    public override IReadOnlyList<string> NotebookPrinted => ["Result not ready yet. Please try again."];

    public override IReadOnlyList<string> PutRight =>
        ["The notebook's driver sleeps in time.sleep(0.1), and the loop with it. Here a look never waits; the turn is given back."];

    protected override async Task RunAsync(TourStage stage, Action<string> print)
    {
        var time = stage.Time;

        #region shown
        async Coroutine<string> IAmACoroutine()
        {
            await Asyncio.Sleep(TimeSpan.Zero, time);
            return "Coroutine says hi!";
        }

        foreach (var look in IAmACoroutine().Poll())
        {
            print($"{look}");
            await Asyncio.Sleep(TimeSpan.Zero, time);    // the loop's turn
        }
        #endregion
    }
}
