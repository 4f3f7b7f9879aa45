namespace AsyncTour.Tracing.Conventions;

/// <summary>Events on a run's span. With them the analysis names the cause of every idle gap.</summary>
public static class EventNames
{
    /// <summary>A wait has ended: cause, seconds and, where it was one worker's, the worker.</summary>
    public const string Wait = "asynctour.wait";

    /// <summary>From here on no further job is handed out (cancelled, failed fast, stopped after N): the rest drains.</summary>
    public const string Draining = "asynctour.run.draining";
}

/// <summary>Why a worker may stand idle between jobs, as far as only the coordinator can know.</summary>
public static class WaitCauses
{
    /// <summary>The input stream had nothing to give yet.</summary>
    public const string Input = "input";

    /// <summary>A rate limit held the next job back.</summary>
    public const string RateLimit = "rate-limit";

    /// <summary>The next jobs' key was at its own bound.</summary>
    public const string KeyBusy = "key-busy";

    /// <summary>Only retries were left and their backoff had not passed.</summary>
    public const string Retry = "retry";
}
