namespace AsyncTour.Tracing.Reading;

/// <summary>Nanoseconds since 1970, OTLP's clock, as .NET's types.</summary>
public static class UnixTime
{
    public static DateTimeOffset At(long nanos) => DateTimeOffset.UnixEpoch.AddTicks(nanos / 100);

    public static TimeSpan Between(long fromNanos, long toNanos) => TimeSpan.FromTicks((toNanos - fromNanos) / 100);
}
