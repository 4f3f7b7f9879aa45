using System.Globalization;

namespace AsyncTour.Grains.Jobs;

/// <summary>
/// How long each of many jobs takes: always the same (<c>50ms</c>), evenly between two (<c>0..1s</c>), exponential with
/// a mean (<c>exp:200ms</c>), or heavy-tailed from a minimum with a shape (<c>pareto:20ms:1.5</c>).
/// </summary>
public sealed class DurationDistribution
{
    /// <summary>What is allowed, as the end of a sentence.</summary>
    public const string Allowed = "write 50ms, 0..1s, exp:200ms or pareto:20ms:1.5";

    // A tail without end would make a run without end.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly string _text;
    private readonly Func<Random, TimeSpan> _next;

    private DurationDistribution(string text, Func<Random, TimeSpan> next) => (_text, _next) = (text, next);

    /// <summary>Draws the next duration, at most an hour. A fixed one draws nothing from the random source.</summary>
    public TimeSpan Next(Random random)
    {
        var next = _next(random);
        return next < Longest ? next : Longest;
    }

    /// <summary>Reads a distribution in any of the four forms.</summary>
    public static bool TryParse(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out DurationDistribution? distribution)
    {
        distribution = (Fixed(text) ?? Uniform(text) ?? Exponential(text) ?? Pareto(text)) is { } next
            ? new DurationDistribution(text, next)
            : null;
        return distribution is not null;
    }

    /// <summary>The text it was read from.</summary>
    public override string ToString() => _text;

    private static Func<Random, TimeSpan>? Fixed(string text) =>
        Duration.TryParse(text, out var duration) && duration <= Longest ? _ => duration : null;

    private static Func<Random, TimeSpan>? Uniform(string text) =>
        text.Split("..") is [var low, var high]
        && Duration.TryParse(low, out var from) && Duration.TryParse(high, out var to) && from <= to
            ? random => from + (to - from) * random.NextDouble()
            : null;

    private static Func<Random, TimeSpan>? Exponential(string text) =>
        text.Split(':') is ["exp", var meanText] && Duration.TryParse(meanText, out var mean)
            ? random => Scaled(mean, -Math.Log(1 - random.NextDouble()))
            : null;

    private static Func<Random, TimeSpan>? Pareto(string text) =>
        text.Split(':') is ["pareto", var leastText, var shapeText] && Duration.TryParse(leastText, out var least)
        && double.TryParse(shapeText, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var shape) && shape > 0
            ? random => Scaled(least, Math.Pow(1 - random.NextDouble(), -1 / shape))
            : null;

    private static TimeSpan Scaled(TimeSpan unit, double factor) =>
        factor * unit.TotalHours >= Longest.TotalHours ? Longest : unit * factor;
}
