using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using AsyncTour.Concurrency.Limits;
using AsyncTour.Concurrency.Pools;
using AsyncTour.Grains.Jobs;

namespace AsyncTour.Client.Commands.Parsing;

/// <summary>What a text of the command line was read as, or why it was not: the end of a sentence that begins with the text.</summary>
internal readonly record struct Reading<T>(T? Value, string? Refusal)
{
    public static implicit operator Reading<T>(T value) => new(value, null);

    public static Reading<T> Refused(string why) => new(default, why);
}

/// <summary>Options and arguments whose texts are read by one function, which also says what is allowed.</summary>
internal static class Reading
{
    /// <summary>An option with a value.</summary>
    public static Option<T?> Option<T>(string name, string valueName, string description, Func<string, Reading<T>> read) => new(name)
    {
        HelpName = valueName,
        Description = description,
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = result => Parse(result, name + " ", read),
    };

    /// <summary>An option that is there or not.</summary>
    public static Option<bool> Flag(string name, string description) =>
        new(name) { Description = description, Arity = ArgumentArity.Zero };

    /// <summary>An argument by its place; missing, its value is <c>null</c>. Brackets in the name tell the reader that it may be missing.</summary>
    public static Argument<T?> Argument<T>(string name, string description, Func<string, Reading<T>> read) => new(name)
    {
        HelpName = name,
        Description = description,
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = result => result.Tokens.Count == 0 ? default : Parse(result, "", read),
    };

    /// <summary>A whole number between two bounds.</summary>
    public static Func<string, Reading<int?>> Whole(int least, int most) => text =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : Reading<int?>.Refused(string.Create(CultureInfo.InvariantCulture, $"is not allowed: give a whole number from {least:N0} to {most:N0}"));

    /// <summary>A length of time greater than zero.</summary>
    public static Reading<TimeSpan?> Time(string text) =>
        Duration.TryParse(text, out var time) && time > TimeSpan.Zero
            ? time
            : Reading<TimeSpan?>.Refused("is not a length of time above zero: " + Duration.Allowed);

    /// <summary>How long jobs take.</summary>
    public static Reading<DurationDistribution> Durations(string text) =>
        DurationDistribution.TryParse(text, out var durations)
            ? durations
            : Reading<DurationDistribution>.Refused("is not a duration: " + DurationDistribution.Allowed);

    /// <summary>One of a few words; a near miss is named.</summary>
    public static Func<string, Reading<string>> Word(string one, string many, IReadOnlyList<string> allowed) => text =>
        allowed.Contains(text, StringComparer.Ordinal)
            ? text
            : Reading<string>.Refused($"is no {one}{Nearest.Hint(text, allowed)}: the {many} are {string.Join(", ", allowed)}");

    /// <summary>What a failure means for the other jobs.</summary>
    public static Reading<string> Policy(string text) =>
        ErrorPolicy.TryParse(text, out _, out _) ? text : Reading<string>.Refused("is no policy: write collect, fail-fast or stop:N");

    /// <summary>How many jobs may start in how long.</summary>
    public static Reading<string> Rate(string text) =>
        RateLimit.TryParse(text, out _, out _) ? text : Reading<string>.Refused("is no rate: write a number and a unit of time, such as 50/s or 200/min");

    /// <summary>How many successes are enough.</summary>
    public static Reading<string> Goal(string text) =>
        Until.TryParse(text, out _, out _) ? text : Reading<string>.Refused("is no number of jobs: write how many, such as 3, or a share, such as 50%");

    /// <summary>Any text.</summary>
    public static Reading<string> Text(string text) => text;

    private static T? Parse<T>(ArgumentResult result, string prefix, Func<string, Reading<T>> read)
    {
        var text = result.Tokens[^1].Value;
        var reading = read(text);
        if (reading.Refusal is { } refusal)
        {
            result.AddError($"{prefix}{(prefix.Length == 0 ? $"'{text}'" : text)} {refusal}");
        }

        return reading.Value;
    }
}
