using System.Diagnostics;
using AsyncTour.Tracing.Conventions;
using Orleans;

namespace AsyncTour.Grains.Runs;

/// <summary>
/// Notes on the run's span why workers stood idle, as far as only the coordinator knows it: the input had nothing, a
/// limit held the next job back, a retry waited. The timeline labels its gaps with these.
/// </summary>
/// <param name="span">The run's span; <c>null</c> when it is not recorded, or is not here.</param>
/// <param name="kept">Where notes are kept for the coordinator, when its span is not here.</param>
internal sealed class IdleNotes(Activity? span, TimeProvider time, List<IdleNote>? kept = null)
{
    // A span is one message: what is noted on it must stay bounded, and waits too short to see are not worth a note.
    private const int MostNotes = 10_000;
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    private readonly bool _isOn = span is not null || kept is not null;
    private readonly List<DateTimeOffset> _freeSince = [];
    private readonly DateTimeOffset _began = time.GetUtcNow();
    private int _notes;

    /// <summary>A worker starts a job that was held back until now; nobody held it when <paramref name="cause"/> is <c>null</c>.</summary>
    public void Start(int worker, string? cause)
    {
        if (_isOn && cause is not null)
        {
            Note(cause, worker < _freeSince.Count ? _freeSince[worker] : _began, worker);
        }
    }

    /// <summary>A worker is free from now on.</summary>
    public void Free(int worker)
    {
        if (!_isOn)
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

    /// <summary>A partition of the run noted this.</summary>
    public void Relay(IdleNote note)
    {
        if (_notes++ < MostNotes)
        {
            TourActivitySource.RecordWait(span, note.Cause, note.From, note.To, note.Worker);
        }
    }

    /// <summary>No further job starts from now on.</summary>
    public void Draining() => TourActivitySource.RecordDraining(span, time.GetUtcNow());

    private void Note(string cause, DateTimeOffset since, int worker)
    {
        var now = time.GetUtcNow();
        if (now - since < Shortest || _notes++ >= MostNotes)
        {
            return;
        }

        TourActivitySource.RecordWait(span, cause, since, now, worker);
        kept?.Add(new IdleNote(cause, since, now, worker));
    }
}

/// <summary>A worker stood idle, and why.</summary>
[GenerateSerializer, Immutable, Alias("asynctour.IdleNote")]
public sealed record IdleNote(
    [property: Id(0)] string Cause,
    [property: Id(1)] DateTimeOffset From,
    [property: Id(2)] DateTimeOffset To,
    [property: Id(3)] int Worker);
