namespace AsyncTour.Client.Tour;

/// <summary>
/// One stop of the tour: what some of the notebook's cells say, what they printed, and the same here. The few lines of
/// C# between <c>#region shown</c> and <c>#endregion</c> of a chapter's file are what the page prints, so they are what
/// runs.
/// </summary>
internal abstract class Chapter
{
    /// <summary>What to type: <c>tour NAME</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The heading.</summary>
    public abstract string Title { get; }

    /// <summary>The notebook's part, 1 or 2.</summary>
    public abstract int Part { get; }

    /// <summary>Where it is in the notebook: <c>In [9]</c>.</summary>
    public abstract string Cells { get; }

    /// <summary>What is to be seen, in a sentence or two.</summary>
    public abstract string Lesson { get; }

    /// <summary>The cell's gist, in Python.</summary>
    public abstract string Python { get; }

    /// <summary>Which of the notebook's defects do not come back here, a sentence each.</summary>
    public virtual IReadOnlyList<string> PutRight => [];

    /// <summary>Runs the chapter and shows what happened.</summary>
    public abstract Task ShowAsync(TourStage stage);
}
