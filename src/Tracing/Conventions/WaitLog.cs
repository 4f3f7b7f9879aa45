using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AsyncTour.Tracing.Conventions;

/// <summary>
/// Collects a coordinator's waits and puts them on the run's span: waits that touch and have one cause become one event, so
/// a run that waits a moment before each of a million jobs still has a span that can be read. Beyond
/// <see cref="MostEvents"/> events the rest is only counted, on <see cref="AttributeNames.RunWaitsLeftOut"/>; the gaps they
/// would have explained are shown as overhead.
/// </summary>
/// <remarks>Not thread-safe: it belongs to one coordinator.</remarks>
public sealed class WaitLog(Activity? run)
{
    /// <summary>So many events a run's span carries at most.</summary>
    public const int MostEvents = 2_000;

    /// <summary>Waits no further apart than this are one.</summary>
    private static readonly TimeSpan Touching = TimeSpan.FromMicroseconds(100);

    private Open? _open;
    private int _events;
    private int _leftOut;

    /// <summary>Notes that workers stood idle from <paramref name="from"/> to <paramref name="to"/>.</summary>
    /// <param name="cause">One of <see cref="WaitCauses"/>.</param>
    /// <param name="worker">Whose wait it was; null when it held for every idle worker.</param>
    public void Add(string cause, DateTimeOffset from, DateTimeOffset to, int? worker = null)
    {
        if (run is null || to <= from)
            return;
        if (_open is { } open && open.Cause == cause && open.Worker == worker && from - open.To <= Touching)
        {
            _open = open with { To = to > open.To ? to : open.To };
            return;
        }

        Write();
        _open = new Open(cause, from, to, worker);
    }

    /// <summary>Puts what is still held on the span. Call it before the span ends.</summary>
    public void Complete()
    {
        Write();
        if (_leftOut > 0)
            run?.SetTag(AttributeNames.RunWaitsLeftOut, _leftOut);
    }

    private void Write()
    {
        if (_open is not { } open)
            return;
        _open = null;
        if (_events == MostEvents)
        {
            _leftOut++;
            return;
        }

        _events++;
        TourActivitySource.RecordWait(run, open.Cause, open.From, open.To, open.Worker);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Open(string Cause, DateTimeOffset From, DateTimeOffset To, int? Worker);
}
