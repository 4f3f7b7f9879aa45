namespace AsyncTour.Concurrency.Pools;

/// <summary>A job that can turn into the next one of the part of the source it came from.</summary>
/// <remarks>It is not generic: the code of a generic interface over references looks its types up as it runs, and this is called once per job.</remarks>
internal interface IStays
{
    /// <summary>Becomes the part's next job, if there is one and it is nobody else's turn. Called by one lane at a time.</summary>
    bool TryTakeAgain();
}
