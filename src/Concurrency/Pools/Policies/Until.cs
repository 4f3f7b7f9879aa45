using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AsyncTour.Concurrency.Pools;

/// <summary>
/// How much is enough: the first k successes, or the first k % of all jobs. Once it is met the rest is cancelled, and
/// reported as cancelled.
/// </summary>
public sealed record Until
{
    private readonly bool _isPercent;
    private readonly int _amount;

    private Until(int amount, bool isPercent)
    {
        _amount = amount;
        _isPercent = isPercent;
    }

    /// <summary>Enough when that many jobs have succeeded.</summary>
    public static Until Count(int successes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(successes, 1);
        return new(successes, isPercent: false);
    }

    /// <summary>Enough when that share of all jobs has succeeded, rounded up; 1 to 100.</summary>
    public static Until Percent(int percent)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(percent, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        return new(percent, isPercent: true);
    }

    /// <summary>Reads a count (<c>3</c>) or a share (<c>50%</c>).</summary>
    /// <param name="text">What a user typed.</param>
    /// <param name="until">What is enough, when the answer is true.</param>
    /// <param name="reason">One sentence that says what was wrong and what is allowed, when the answer is false.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Until? until, [NotNullWhen(false)] out string? reason)
    {
        bool isPercent = text?.EndsWith('%') == true;
        string digits = (isPercent ? text![..^1] : text) ?? "";
        bool isNumber = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int amount);
        bool isAllowed = isNumber && amount >= 1 && (!isPercent || amount <= 100);

        until = isAllowed ? new(amount, isPercent) : null;
        reason = isAllowed ? null : $"'{text}' is not an amount of jobs: use a count of at least 1 (3) or a share from 1% to 100% (50%).";
        return isAllowed;
    }

    /// <summary>How many successes are enough.</summary>
    /// <param name="total">The number of all jobs, or null while more may come.</param>
    /// <returns>Null for a share of a total that is not known yet.</returns>
    public long? Needed(long? total) => _isPercent ? ((total * _amount) + 99) / 100 : _amount;

    /// <summary>True when there have been enough successes.</summary>
    public bool IsMet(long succeeded, long? total) => succeeded >= Needed(total);

    /// <summary>The text that <see cref="TryParse"/> reads.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{_amount}{(_isPercent ? "%" : "")}");
}
