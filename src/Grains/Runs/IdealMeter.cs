namespace AsyncTour.Grains.Runs;

/// <summary>
/// The ideal wall time of a run, kept up while it runs: the same durations, in the same start order, each begun on the
/// worker that is free first, with no overhead.
/// </summary>
/// <remarks>
/// Jobs end out of order, so durations wait here until every job that started before them has ended too: memory goes
/// with the jobs under way, not with the jobs of the run.
/// </remarks>
internal sealed class IdealMeter(int? workers)
{
    private readonly PriorityQueue<TimeSpan, TimeSpan> _freeAt = new();
    private readonly Dictionary<int, TimeSpan> _early = [];
    private int _started;
    private int _counted;

    /// <summary>The ideal of the jobs that have ended, up to the first that has not.</summary>
    public TimeSpan Ideal { get; private set; }

    /// <summary>A job starts; answers its place in the start order.</summary>
    public int Start() => _started++;

    /// <summary>The job that started as number <paramref name="place"/> took so long.</summary>
    public void Finish(int place, TimeSpan duration)
    {
        _early.Add(place, duration);
        while (_early.Remove(_counted, out var next))
        {
            _counted++;
            Count(next);
        }
    }

    private void Count(TimeSpan duration)
    {
        // Without a bound every job begins at zero; with one, on a worker not used yet or on the one that is free first.
        var begin = workers is { } bound && _freeAt.Count >= bound ? _freeAt.Dequeue() : TimeSpan.Zero;
        var end = begin + duration;
        if (workers is not null)
        {
            _freeAt.Enqueue(end, end);
        }

        if (end > Ideal)
        {
            Ideal = end;
        }
    }
}
