using System.Diagnostics;
using AsyncTour.Tracing.Conventions;

namespace AsyncTour.Grains.Runs;

/// <summary>
/// Notes on the run's span why workers stood idle, as far as only the coordinator knows it: the input had nothing, a
/// limit held the next job back, a retry waited. The timeline labels its gaps with these.
/// </summary>
internal sealed class IdleNotes(Activity? span, TimeProvider time)
{
    // A span is one message: what is noted on it must stay bounded, and waits too short to see are not worth a note.
    private const int MostNotes = 10_000;
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    private readonly List<DateTimeOffset> _freeSince = [];
    private readonly DateTimeOffset _began = time.GetUtcNow();
    private int _notes;

    /// <summary>A worker starts a job that was held back until now; nobody held it when <paramref name="cause"/> is <c>null</c>.</summary>
    public void Start(int worker, string? cause)
    {
        if (span is not null && cause is not null)
        {
            Note(cause, worker < _freeSince.Count ? _freeSince[worker] : _began, worker);
        }
    }

    /// <summary>A worker is free from now on.</summary>
    public void Free(int worker)
    {
        if (span is null)
        {
            return;
        }

        while (_freeSince.Count <= worker)
        {
            _freeSince.Add(_began);
        }

        _freeSince[worker] = time.GetUtcNow();
    }

    /// <summary>A worker waited for a retry's backoff to pass, until now.</summary>
    public void Retried(int worker, DateTimeOffset since) => Note(WaitCauses.Retry, since, worker);

    /// <summary>No further job starts from now on.</summary>
    public void Draining() => TourActivitySource.RecordDraining(span, time.GetUtcNow());

    private void Note(string cause, DateTimeOffset since, int worker)
    {
        var now = time.GetUtcNow();
        if (now - since >= Shortest && _notes++ < MostNotes)
        {
            TourActivitySource.RecordWait(span, cause, since, now, worker);
        }
    }
}
