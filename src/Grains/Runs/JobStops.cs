namespace AsyncTour.Grains.Runs;

/// <summary>
/// Stops single jobs while their run goes on. There is one token per worker rather than per job; a token that was used is
/// replaced when the worker gets its next job.
/// </summary>
internal sealed class JobStops(StopOrder run)
{
    private readonly List<Lane?> _lanes = [];
    private readonly HashSet<int> _struck = [];

    /// <summary>A worker begins a job: the token that stops this job, be it alone or with its run.</summary>
    public CancellationToken Start(int index, int worker)
    {
        while (_lanes.Count <= worker)
        {
            _lanes.Add(null);
        }

        if (_lanes[worker] is not { Reason: null } lane)
        {
            _lanes[worker] = lane = new Lane(CancellationTokenSource.CreateLinkedTokenSource(run.Token));
        }

        lane.Job = index;
        return lane.Stop.Token;
    }

    /// <summary>Whether a worker is at this job.</summary>
    public bool IsRunning(int index) => LaneOf(index) is not null;

    /// <summary>The worker has let go of its job.</summary>
    public void End(int worker)
    {
        // A job whose fate was known beforehand had no token.
        if (worker < _lanes.Count && _lanes[worker] is { } lane)
        {
            lane.Job = null;
        }
    }

    /// <summary>Why the job on this worker was stopped alone; <c>null</c> if it was not.</summary>
    public string? ReasonOf(int worker) => _lanes[worker]?.Reason;

    /// <summary>Tells a running job to stop; answers whether it is running.</summary>
    public bool Stop(int index, string reason)
    {
        if (LaneOf(index) is not { } lane)
        {
            return false;
        }

        if (lane.Reason is null)
        {
            lane.Reason = reason;
            lane.Stop.Cancel();
        }

        return true;
    }

    /// <summary>Notes that a job which has not started never will: whoever takes it passes it over.</summary>
    public void Strike(int index) => _struck.Add(index);

    /// <summary>Whether the job just taken is to be passed over; asked once per job.</summary>
    public bool TakeStruck(int index) => _struck.Count > 0 && _struck.Remove(index);

    private Lane? LaneOf(int index) => _lanes.Find(lane => lane?.Job == index);

    private sealed class Lane(CancellationTokenSource stop)
    {
        public CancellationTokenSource Stop => stop;

        public int? Job { get; set; }

        public string? Reason { get; set; }
    }
}
