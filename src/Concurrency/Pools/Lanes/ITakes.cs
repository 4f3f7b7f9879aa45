namespace AsyncTour.Concurrency.Pools;

/// <summary>The part of a source that a lane's last job came from.</summary>
internal interface ITakes<TJob>
{
    /// <summary>Makes the ended job into the part's next one, if it has one and it is nobody else's turn.</summary>
    bool TryTakeAgain(TJob ended);
}
