using System.Globalization;

namespace AsyncTour.Tracing.Rendering;

/// <summary>Numbers as people read them: three significant digits and the unit that fits.</summary>
internal static class Units
{
    /// <summary><c>830 µs</c>, <c>51.4 ms</c>, <c>714 ms</c>, <c>2.07 s</c>, <c>12 min 5 s</c>.</summary>
    public static string Duration(TimeSpan time)
    {
        var seconds = time.TotalSeconds;
        return Math.Abs(seconds) switch
        {
            0 => "0 ms",
            < 0.0009995 => Three(seconds * 1e6) + " µs",
            < 0.9995 => Three(seconds * 1e3) + " ms",
            < 120 => Three(seconds) + " s",
            _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(time.TotalMinutes):0} min {time.Seconds} s"),
        };
    }

    /// <summary>The same for round times, as on an axis: <c>50 ms</c> where <see cref="Duration"/> says <c>50.0 ms</c>.</summary>
    public static string Round(TimeSpan time)
    {
        var text = Duration(time);
        var unit = text.LastIndexOf(' ');
        return text.Contains('.', StringComparison.Ordinal) ? text[..unit].TrimEnd('0').TrimEnd('.') + text[unit..] : text;
    }

    public static string Ratio(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture);

    public static string Count(long count, string one, string many) =>
        count.ToString("N0", CultureInfo.InvariantCulture) + " " + (count == 1 ? one : many);

    private static string Three(double value) => Math.Abs(value) switch
    {
        < 9.995 => value.ToString("0.00", CultureInfo.InvariantCulture),
        < 99.95 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0", CultureInfo.InvariantCulture),
    };
}
