using AsyncTour.Concurrency.Coroutines;
using AsyncTour.Grains.Runs;

namespace AsyncTour.Client.Tour.Chapters;

internal sealed class CoroutineFunction : TalkChapter
{
    private string _runId = "";

    public override string Name => "coroutine-function";

    public override string Title => "Coroutine and coroutine function";

    public override string Cells => "In [25]";

    public override string Lesson => "Calling a coroutine function runs nothing. It answers a coroutine object, cold until it is awaited: this one would start a run, and the trace shows when it does.";

    public override string Python => "coroutine_func()";

    public override IReadOnlyList<string> NotebookPrinted => ["<coroutine object coroutine_func at 0x10c4ac6d0>"];

    protected override async Task RunAsync(TourStage stage, Action<string> print)
    {
        var runs = stage.Runs;
        var id = _runId = stage.NewRunId(Name);

        #region shown
        async Coroutine<string?> CoroutineFunc()
        {
            var spec = new RunSpec { Strategy = "pool", MaxWorkers = 1 };
            var run = await runs.StartAsync(id, spec, Notebook.Slow(1));
            return (await run.ReadAsync().SingleAsync()).Value;
        }

        var coroutine = CoroutineFunc();
        print($"{coroutine}, jobs in the trace: {stage.JobSpans(id)}");
        print($"awaited: {await coroutine}");
        print($"{coroutine}, jobs in the trace: {stage.JobSpans(id)}");
        #endregion
    }

    protected override void ShowEvidence(TourStage stage) => stage.Page.Picture(stage.TimelineOfRun(_runId));
}
