namespace AsyncTour.Tracing.Conventions;

/// <summary>How one attempt at a job ended, as written on its span.</summary>
public static class JobStatusNames
{
    public const string Succeeded = "succeeded";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";
    public const string TimedOut = "timed-out";

    /// <summary>Every status, in the order in which tables and legends show them.</summary>
    public static IReadOnlyList<string> All { get; } = [Succeeded, Failed, Cancelled, TimedOut];
}
