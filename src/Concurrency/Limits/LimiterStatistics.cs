namespace AsyncTour.Concurrency.Limits;

/// <summary>A limiter at one moment.</summary>
/// <param name="TotalTokens">Tokens there are.</param>
/// <param name="Borrowers">Who holds one, in the order they got it.</param>
/// <param name="Waiting">Who waits for one, in the order they will get it.</param>
public sealed record LimiterStatistics(int TotalTokens, IReadOnlyList<object> Borrowers, IReadOnlyList<object> Waiting)
{
    /// <summary>Tokens nobody holds.</summary>
    public int AvailableTokens => Math.Max(0, TotalTokens - Borrowers.Count);
}
