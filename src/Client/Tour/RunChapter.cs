using AsyncTour.Grains.Jobs;
using AsyncTour.Grains.Runs;

namespace AsyncTour.Client.Tour;

/// <summary>A chapter of part 1: one run on grains, beside the notebook's results and wall time.</summary>
internal abstract class RunChapter : Chapter
{
    /// <inheritdoc/>
    public override int Part => 1;

    /// <summary>The list that the cell printed.</summary>
    public abstract string NotebookResults { get; }

    /// <summary>The wall time that the cell printed.</summary>
    public abstract TimeSpan NotebookWall { get; }

    /// <summary>The shortest time its sleeps allow; <c>null</c> where they were random and are not known.</summary>
    public virtual TimeSpan? NotebookIdeal => null;

    /// <summary>What is wrong with the notebook's results, in a word or two; empty if nothing is.</summary>
    public virtual string NotebookRemark => "";

    /// <inheritdoc/>
    public sealed override async Task ShowAsync(TourStage stage)
    {
        var id = stage.NewRunId(Name);
        List<Outcome> outcomes;
        await using (stage.StopWhenInterrupted(id))
        {
            outcomes = await RunAsync(stage.Runs, id);
        }

        var status = await stage.Runs.Find(id).StatusAsync() ?? throw new InvalidOperationException($"The run '{id}' ended and then was not found.");
        stage.Page.Beside(this, outcomes, status);
        stage.Page.Picture(stage.Timeline(status.TraceId));
        stage.Remember(this, status);
    }

    /// <summary>The run, to its last outcome; the outcomes in input order.</summary>
    protected abstract Task<List<Outcome>> RunAsync(RunClient runs, string id);
}
