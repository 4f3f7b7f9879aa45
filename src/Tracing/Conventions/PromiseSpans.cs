using System.Diagnostics;

namespace AsyncTour.Tracing.Conventions;

/// <summary>
/// The spans of promises. Whoever settles one opens <c>promise settle</c>; whoever waits opens <c>promise wait</c>, which
/// ends with a link to the settlement that ended it, across traces and processes.
/// </summary>
public static class PromiseSpans
{
    /// <summary>The span of one settlement, at the process that asked for it.</summary>
    public const string Settle = "promise settle";

    /// <summary>The span of one wait, at the process that waited.</summary>
    public const string Wait = "promise wait";

    /// <summary>The promise's id (string; on both).</summary>
    public const string Id = "asynctour.promise.id";

    /// <summary>Who settles or waits (string; on both).</summary>
    public const string By = "asynctour.promise.by";

    /// <summary>What it was to become, or what it had become: done, failed or cancelled (string; on both).</summary>
    public const string State = "asynctour.promise.state";

    /// <summary>Whether this settlement was the first (boolean; on settlements).</summary>
    public const string Won = "asynctour.promise.won";

    /// <summary>Who had settled it (string; on waits).</summary>
    public const string SettledBy = "asynctour.promise.settled_by";

    /// <summary>Opens the span of a settlement; null when nobody records. Its id goes into the promise.</summary>
    public static Activity? StartSettle(string id, string state, string by)
    {
        var activity = Start(Settle, id, by);
        activity?.SetTag(State, state);
        return activity;
    }

    /// <summary>Notes on a settlement's span whether it was the first.</summary>
    public static void Settled(Activity? settlement, bool won) => settlement?.SetTag(Won, won);

    /// <summary>Opens the span of a wait; null when nobody records.</summary>
    public static Activity? StartWait(string id, string by) => Start(Wait, id, by);

    /// <summary>Notes on a wait's span what ended it.</summary>
    /// <param name="settledSpan">The settlement's span as a W3C <c>traceparent</c>; null when nobody recorded it.</param>
    public static void Waited(Activity? wait, string state, string? settledBy, string? settledSpan)
    {
        if (wait is null)
            return;

        wait.SetTag(State, state);
        if (settledBy is not null)
            wait.SetTag(SettledBy, settledBy);
        if (ActivityContext.TryParse(settledSpan, traceState: null, isRemote: true, out var settlement))
            wait.AddLink(new ActivityLink(settlement));
    }

    private static Activity? Start(string name, string id, string by)
    {
        if (!TourActivitySource.IsRecorded)
            return null;

        var activity = TourActivitySource.Source.StartActivity(name);
        activity?.SetTag(Id, id);
        activity?.SetTag(By, by);
        return activity;
    }
}
