using System.Buffers;
using System.Globalization;

namespace AsyncTour.Grains.Jobs;

/// <summary>Lengths of time as people write them: <c>250us</c>, <c>50ms</c>, <c>1.5s</c>, <c>2m</c>, <c>1h</c>.</summary>
public static class Duration
{
    /// <summary>What is allowed, as the end of a sentence.</summary>
    public const string Allowed = "write a number and a unit, such as 50ms, 1.5s or 2m (us, ms, s, m, h)";

    private const double MaxHours = 24 * 365;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    /// <summary>Reads a duration of at most a year. Zero may go without a unit; a negative one is refused.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan duration)
    {
        duration = default;
        text = text.Trim();
        var digits = text.IndexOfAnyExcept(Digits);
        var number = digits < 0 ? text : text[..digits];
        var unit = digits < 0 ? [] : text[digits..];
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            || UnitSeconds(unit, amount) is not { } seconds
            || amount * seconds > MaxHours * 3600)
        {
            return false;
        }

        duration = TimeSpan.FromTicks((long)Math.Round(amount * seconds * TimeSpan.TicksPerSecond));
        return true;
    }

    /// <summary>Reads a duration that is known to be one.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static TimeSpan Parse(string text) =>
        TryParse(text, out var duration) ? duration : throw new FormatException($"'{text}' is not a duration; {Allowed}");

    /// <summary>Writes a duration so that <see cref="TryParse"/> reads the same one, to the 100 ns of a tick.</summary>
    public static string Format(TimeSpan duration)
    {
        var (divisor, unit) = duration.Ticks switch
        {
            0 => (1L, "s"),
            < TimeSpan.TicksPerMillisecond => (TimeSpan.TicksPerMicrosecond, "us"),
            < TimeSpan.TicksPerSecond => (TimeSpan.TicksPerMillisecond, "ms"),
            var ticks when ticks % TimeSpan.TicksPerHour == 0 => (TimeSpan.TicksPerHour, "h"),
            var ticks when ticks % TimeSpan.TicksPerMinute == 0 => (TimeSpan.TicksPerMinute, "m"),
            _ => (TimeSpan.TicksPerSecond, "s"),
        };
        var (whole, rest) = Math.DivRem(duration.Ticks, divisor);
        return rest == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{whole}{unit}")
            : string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks / (double)divisor:0.#######}{unit}");
    }

    private static double? UnitSeconds(ReadOnlySpan<char> unit, double amount) => unit switch
    {
        "us" or "µs" => 1e-6,
        "ms" => 1e-3,
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        "" when amount == 0 => 1,
        _ => null,
    };
}
