using System.Globalization;

namespace Orleans;

/// <summary>How long the callers of this method wait for its answer, as <c>hh:mm:ss</c>. Without it: 30 s, or what the options say.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ResponseTimeoutAttribute(string timeout) : Attribute
{
    public TimeSpan? Timeout { get; init; } = TimeSpan.Parse(timeout, CultureInfo.InvariantCulture);
}
