using System.Globalization;

namespace AsyncTour.Client.Rendering;

/// <summary>Measured times and shares, as people read them: three figures, a space, a unit.</summary>
internal static class Times
{
    /// <summary><c>57.4 ms</c>, <c>1.71 s</c>, <c>2 min 5 s</c>.</summary>
    public static string Text(TimeSpan time) => time.TotalSeconds switch
    {
        0 => "0 s",
        < 0.001 => Figures(time.TotalMicroseconds) + " µs",
        < 0.9995 => Figures(time.TotalMilliseconds) + " ms",
        < 100 => Figures(time.TotalSeconds) + " s",
        < 3600 => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes} min"),
    };

    /// <summary>To the second: <c>4 s</c>, <c>2 min 5 s</c>.</summary>
    public static string Coarse(TimeSpan time) =>
        time.TotalSeconds < 100 ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalSeconds):0} s") : Text(time);

    /// <summary>How old something is, in one unit: <c>12 s</c>, <c>3 min</c>, <c>2 h</c>, <c>5 days</c>.</summary>
    public static string Age(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => Age(Math.Max(0, time.TotalSeconds), "s"),
        { TotalHours: < 1 } => Age(time.TotalMinutes, "min"),
        { TotalDays: < 2 } => Age(time.TotalHours, "h"),
        _ => Age(time.TotalDays, "days"),
    };

    /// <summary><c>99.4 %</c>.</summary>
    public static string Share(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.0} %");

    private static string Age(double amount, string unit) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(amount):N0} {unit}");

    private static string Figures(double number) => number.ToString(
        number switch { < 9.995 => "0.00", < 99.95 => "0.0", _ => "0" }, CultureInfo.InvariantCulture);
}
