using System.Diagnostics.Metrics;

namespace AsyncTour.Tracing.Conventions;

/// <summary>
/// The counters and histograms of this project, on the meter <c>AsyncTour</c>. Workers call the two methods; while nobody
/// listens they cost next to nothing.
/// </summary>
public static class TourMeter
{
    /// <summary>Jobs that run right now (up-down counter, <c>{job}</c>).</summary>
    public const string Running = "asynctour.jobs.running";

    /// <summary>How long attempts ran (histogram, seconds; by kind and status).</summary>
    public const string Duration = "asynctour.job.duration";

    /// <summary>How long jobs waited between submission and start (histogram, seconds; by kind).</summary>
    public const string QueueTime = "asynctour.job.queue_time";

    /// <summary>Ended attempts (counter, <c>{job}</c>; by kind and status).</summary>
    public const string Outcomes = "asynctour.jobs.outcomes";

    /// <summary>The handler's kind, as an attribute of a measurement.</summary>
    public const string Kind = "asynctour.job.kind";

    private static readonly Meter Meter = new(SourceNames.Tour);
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
    };

    private static readonly UpDownCounter<long> RunningJobs = Meter.CreateUpDownCounter<long>(Running, "{job}", "Jobs that run right now.");
    private static readonly Counter<long> EndedJobs = Meter.CreateCounter<long>(Outcomes, "{job}", "Ended attempts at jobs.");
    private static readonly Histogram<double> RunSeconds =
        Meter.CreateHistogram(Duration, "s", "How long attempts at jobs ran.", tags: null, advice: Seconds);

    private static readonly Histogram<double> QueueSeconds =
        Meter.CreateHistogram(QueueTime, "s", "How long jobs waited before they started.", tags: null, advice: Seconds);

    /// <summary>A worker has begun an attempt; <see cref="JobEnded"/> must follow, whatever happens.</summary>
    /// <param name="queued">How long the job had waited; null when the worker does not know.</param>
    public static void JobStarted(string kind, TimeSpan? queued)
    {
        RunningJobs.Add(1);
        if (queued is { } waited && QueueSeconds.Enabled)
            QueueSeconds.Record(waited.TotalSeconds, new KeyValuePair<string, object?>(Kind, kind));
    }

    /// <summary>The attempt has ended.</summary>
    /// <param name="status">One of <see cref="JobStatusNames"/>.</param>
    public static void JobEnded(string kind, string status, TimeSpan duration)
    {
        RunningJobs.Add(-1);
        if (!EndedJobs.Enabled && !RunSeconds.Enabled)
            return;
        var ofKind = new KeyValuePair<string, object?>(Kind, kind);
        var ofStatus = new KeyValuePair<string, object?>(AttributeNames.JobStatus, status);
        EndedJobs.Add(1, ofKind, ofStatus);
        RunSeconds.Record(duration.TotalSeconds, ofKind, ofStatus);
    }
}
