namespace AsyncTour.Client.Tour;

/// <summary>
/// A chapter of part 2: a few lines that print, beside what the notebook's cells printed. They run on an event loop, one
/// turn at a time, as the notebook's do.
/// </summary>
internal abstract class TalkChapter : Chapter
{
    /// <summary>The notebook's two seconds, a tenth of them.</summary>
    protected static TimeSpan TwoSeconds { get; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The notebook's one second, a tenth of it.</summary>
    protected static TimeSpan OneSecond { get; } = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    public override int Part => 2;

    /// <summary>The lines that the cells printed.</summary>
    public abstract IReadOnlyList<string> NotebookPrinted { get; }

    /// <inheritdoc/>
    public sealed override async Task ShowAsync(TourStage stage)
    {
        stage.Page.NotebookPrinted(NotebookPrinted);
        var print = stage.Page.Printer();
        await EventLoop.RunAsync(() => RunAsync(stage, print));
        ShowEvidence(stage);
    }

    /// <summary>The chapter itself.</summary>
    protected abstract Task RunAsync(TourStage stage, Action<string> print);

    /// <summary>What the trace has to say, where anything was run on grains.</summary>
    protected virtual void ShowEvidence(TourStage stage)
    {
    }
}
