using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AsyncTour.Concurrency.Pools;

/// <summary>
/// When failures end a run. Whatever the policy, no outcome is lost: the jobs that run are cancelled, waited for and
/// reported, and only the taking of new ones ends.
/// </summary>
public sealed record ErrorPolicy
{
    private ErrorPolicy(int? stopAt) => StopAt = stopAt;

    /// <summary>Failures end nothing: every job runs, and every outcome is told. The default.</summary>
    public static ErrorPolicy Collect { get; } = new(stopAt: null);

    /// <summary>The first failure ends the run.</summary>
    public static ErrorPolicy FailFast { get; } = new(stopAt: 1);

    /// <summary>How many failures end the run; null when none do.</summary>
    public int? StopAt { get; }

    /// <summary>The failure of that number ends the run.</summary>
    /// <param name="failures">At least 1; 1 is <see cref="FailFast"/>.</param>
    public static ErrorPolicy StopAfter(int failures)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failures, 1);
        return new(failures);
    }

    /// <summary>Reads <c>collect</c>, <c>fail-fast</c> or <c>stop:N</c>.</summary>
    /// <param name="text">What a user typed.</param>
    /// <param name="policy">The policy, when the answer is true.</param>
    /// <param name="reason">One sentence that says what was wrong and what is allowed, when the answer is false.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ErrorPolicy? policy, [NotNullWhen(false)] out string? reason)
    {
        policy = text switch
        {
            "collect" => Collect,
            "fail-fast" => FailFast,
            _ when text?.StartsWith("stop:", StringComparison.Ordinal) == true
                && int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out int failures)
                && failures > 0 => StopAfter(failures),
            _ => null,
        };
        reason = policy is null ? $"'{text}' is no error policy: use collect, fail-fast, or stop:N with N at least 1." : null;
        return policy is not null;
    }

    /// <summary>True when that many failures end the run.</summary>
    public bool ShouldStop(long failures) => failures >= StopAt;

    /// <summary>The text that <see cref="TryParse"/> reads.</summary>
    public override string ToString() => StopAt switch
    {
        null => "collect",
        1 => "fail-fast",
        { } failures => string.Create(CultureInfo.InvariantCulture, $"stop:{failures}"),
    };
}
