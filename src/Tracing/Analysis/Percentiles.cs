namespace AsyncTour.Tracing.Analysis;

/// <summary>How a set of times is spread, by nearest rank: each number is one that was measured.</summary>
public sealed record Percentiles(int Count, TimeSpan Min, TimeSpan P50, TimeSpan P90, TimeSpan P99, TimeSpan Max, TimeSpan Mean)
{
    /// <summary>All zero when there are no times.</summary>
    public static Percentiles Of(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Order().ToArray();
        if (sorted.Length == 0)
            return new Percentiles(0, default, default, default, default, default, default);
        return new Percentiles(
            sorted.Length,
            sorted[0],
            Rank(sorted, 50),
            Rank(sorted, 90),
            Rank(sorted, 99),
            sorted[^1],
            new TimeSpan((long)sorted.Average(static t => t.Ticks)));
    }

    private static TimeSpan Rank(TimeSpan[] sorted, int percent) =>
        sorted[Math.Max(0, (int)Math.Ceiling(sorted.Length * percent / 100.0) - 1)];
}
