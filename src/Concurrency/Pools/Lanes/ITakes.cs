using System.Diagnostics.CodeAnalysis;

namespace AsyncTour.Concurrency.Pools;

/// <summary>The part of a source that a lane's last job came from.</summary>
internal interface ITakes<TJob>
{
    /// <summary>The part's next job, if it has one and it is nobody else's turn.</summary>
    bool TryTakeAgain([NotNullWhen(true)] out TJob? job);
}
