using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using AsyncTour.Concurrency.Pools;

namespace AsyncTour.Concurrency.Limits;

/// <summary>
/// At most so many job starts in any stretch of time so long: 50/s means that no second, wherever it begins, sees the
/// 51st start. Unused permits are not saved up.
/// </summary>
public sealed record RateLimit
{
    private const string Allowed = "use a count of at least 1, a slash and ms, s, min or h (50/s)";

    /// <param name="permits">Starts, at least 1.</param>
    /// <param name="per">The stretch of time, more than zero.</param>
    public RateLimit(int permits, TimeSpan per)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(permits, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(per, TimeSpan.Zero);
        Permits = permits;
        Per = per;
    }

    /// <summary>Starts in any <see cref="Per"/>.</summary>
    public int Permits { get; }

    /// <summary>The stretch of time.</summary>
    public TimeSpan Per { get; }

    /// <summary>Reads <c>50/s</c>; the units are ms, s, min and h.</summary>
    /// <param name="text">What a user typed.</param>
    /// <param name="limit">The limit, when the answer is true.</param>
    /// <param name="reason">One sentence that says what was wrong and what is allowed, when the answer is false.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out RateLimit? limit, [NotNullWhen(false)] out string? reason)
    {
        limit = null;
        string[] parts = (text ?? "").Split('/');
        if (parts is [var count, var unit]
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int permits)
            && permits > 0
            && UnitOf(unit) is { } per)
            limit = new(permits, per);

        reason = limit is null ? $"'{text}' is no rate: {Allowed}." : null;
        return limit is not null;
    }

    /// <summary>The same jobs, no faster than this.</summary>
    /// <param name="source">The jobs.</param>
    /// <param name="time">What the rate is measured by.</param>
    public IJobSource<TJob> Over<TJob>(IJobSource<TJob> source, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(time);
        return new RateLimitedSource<TJob>(this, source, time);
    }

    /// <summary>The text that <see cref="TryParse"/> reads.</summary>
    public override string ToString()
    {
        string unit = Per switch
        {
            _ when Per == TimeSpan.FromMilliseconds(1) => "ms",
            _ when Per == TimeSpan.FromSeconds(1) => "s",
            _ when Per == TimeSpan.FromMinutes(1) => "min",
            _ when Per == TimeSpan.FromHours(1) => "h",
            _ => Per.ToString("c", CultureInfo.InvariantCulture),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{Permits}/{unit}");
    }

    private static TimeSpan? UnitOf(string unit) => unit switch
    {
        "ms" => TimeSpan.FromMilliseconds(1),
        "s" => TimeSpan.FromSeconds(1),
        "min" => TimeSpan.FromMinutes(1),
        "h" => TimeSpan.FromHours(1),
        _ => null,
    };
}
