using AsyncTour.Tracing.Conventions;
using AsyncTour.Tracing.Reading;

namespace AsyncTour.Tracing.Analysis;

/// <summary>Who settled a promise and who waited for it, as the spans of all their processes tell it.</summary>
/// <param name="Settlements">Everyone who tried to settle it, in the order in which they began.</param>
/// <param name="Waits">Everyone whose wait has ended, in the order in which they began.</param>
public sealed record PromiseTale(IReadOnlyList<PromiseSettling> Settlements, IReadOnlyList<PromiseWaiting> Waits)
{
    /// <summary>What a folder knows of one promise.</summary>
    /// <exception cref="TraceUnreadableException">A file cannot be opened.</exception>
    public static PromiseTale Of(TraceFolder folder, string id)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var spans = folder.OfPromise(id);
        var settlements = spans.Where(static s => s.Name == PromiseSpans.Settle)
            .ToDictionary(static s => s.SpanId, static s => new PromiseSettling(By(s), s.Text(PromiseSpans.State) ?? "", s.Flag(PromiseSpans.Won), UnixTime.At(s.StartNanos)));
        return new PromiseTale(
            [.. settlements.Values],
            [.. spans.Where(static s => s.Name == PromiseSpans.Wait).Select(span => new PromiseWaiting(
                By(span),
                UnixTime.Between(span.StartNanos, span.EndNanos),
                span.Links.Select(link => settlements.GetValueOrDefault(link.SpanId)).FirstOrDefault(static found => found is not null)))]);
    }

    private static string By(SpanRecord span) => span.Text(PromiseSpans.By) ?? "somebody";
}

/// <summary>One attempt to settle a promise.</summary>
/// <param name="By">Who made it.</param>
/// <param name="State">What it was to become: done, failed or cancelled.</param>
/// <param name="Won">Whether it was the first.</param>
/// <param name="Start">When it began.</param>
public sealed record PromiseSettling(string By, string State, bool Won, DateTimeOffset Start);

/// <summary>One wait for a promise.</summary>
/// <param name="By">Who waited.</param>
/// <param name="Duration">How long.</param>
/// <param name="EndedBy">The settlement that its span links to; null when that was not recorded here.</param>
public sealed record PromiseWaiting(string By, TimeSpan Duration, PromiseSettling? EndedBy);
